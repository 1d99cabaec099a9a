export declare const COMPILE_OPTIONS: Readonly<Record<string, boolean>>;
export declare function compileTemplate(source: string, path: string): string;
