import { serve } from "../../shared/sw-core";

declare const __FILES__: string[];
declare const __LATER__: string[];
declare const __HASH__: string;

serve("wallet", __FILES__, __HASH__, __LATER__, "/public/bundle.cbor?first");
