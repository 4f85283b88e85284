// Calls of the platform as promises that always end.

/** Why a call of the platform gave nothing. */
export class CallFailed extends Error {
  constructor(readonly call: string, readonly why: "absent" | "failed" | "late", readonly said = "", readonly errno = 0) {
    super(`${call}: ${why} ${said}`);
  }
}

interface Failure {
  errMsg?: string;
  errno?: number;
}

/** No call may hold the program up for longer than this, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Makes a call of the platform: `make` gets what to call when it has gone well and when it has not. A call that is not there, throws,
 * fails, or gives no answer in time rejects with `CallFailed`.
 */
export function call<Result>(name: string, there: boolean, make: (success: (result: Result) => void, fail: (failure: Failure) => void) => unknown, patience = PATIENCE_MS): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (!there) return reject(new CallFailed(name, "absent"));
    const late = setTimeout(() => reject(new CallFailed(name, "late")), patience);
    const fail = (failure?: Failure) => {
      clearTimeout(late);
      reject(new CallFailed(name, "failed", failure && failure.errMsg, failure && failure.errno));
    };
    try {
      make((result) => {
        clearTimeout(late);
        resolve(result);
      }, fail);
    } catch (error) {
      fail({ errMsg: String(error) });
    }
  });
}

/** Something that nobody misses where it can't be had. */
export function quietly(there: boolean, make: () => unknown): void {
  if (!there) return;
  try {
    make();
  } catch {
    // Nobody misses it.
  }
}
