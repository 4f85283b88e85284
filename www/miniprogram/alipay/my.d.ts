// What is used of Alipay's mini-program API; there are no typings of the platform's own on npm.
interface MyFailure {
  error?: number;
  errorMessage?: string;
}

interface MyCall<Result> {
  success?: (result: Result) => void;
  fail?: (failure: MyFailure) => void;
}

interface MyWorker {
  postMessage(message: object): void;
  onMessage(listener: (message: object) => void): void;
  terminate(): void;
}

declare const my: {
  canIUse(name: string): boolean;
  createWorker(path: string): MyWorker;
  getAppBaseInfo?: () => { language?: string };
  getSystemInfoSync(): { language?: string };
  setStorage(options: { key: string; data: string } & MyCall<object>): void;
  getStorage(options: { key: string } & MyCall<{ data: string | null }>): void;
  removeStorage(options: { key: string } & MyCall<object>): void;
  getStorageInfo(options: MyCall<{ keys: string[] }>): void;
  request(options: { url: string; method: "GET" | "POST"; data?: ArrayBuffer; headers?: Record<string, string>; dataType: "arraybuffer"; timeout: number } & MyCall<{ status: number; data: unknown }>): void;
  scan(options: { type: "qr"; scanType: ["qrCode"] } & MyCall<{ code?: string; qrCode?: string }>): void;
  setKeepScreenOn(options: { keepScreenOn: boolean } & MyCall<object>): void;
  vibrateShort(options: MyCall<object>): void;
  vibrateLong(options: MyCall<object>): void;
  pageScrollTo(options: { scrollTop: number; duration: number }): void;
  setClipboard(options: { text: string } & MyCall<object>): void;
};

/** In a worker only. */
declare const self: { postMessage(message: object): void; onmessage: ((event: { data: object }) => void) | null };
