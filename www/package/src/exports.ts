export type * from "../../shared/types";
export { Core, type Trust, Verifier, type VerifierOptions, Wallet, type WalletOptions } from "./core";
export { type ErrorCode, TongmaError } from "./errors";
export { fromBase64url, toBase64url } from "./bytes";
export type { Answer, Platform, Request, Storage } from "./platform";
