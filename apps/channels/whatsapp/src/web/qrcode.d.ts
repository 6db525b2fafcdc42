declare module 'qrcode' {
  const qrcode: {
    toBuffer(text: string, options: { readonly type: 'png'; readonly width: number }): Promise<Uint8Array>;
    toString(text: string, options: { readonly type: 'svg' }): Promise<string>;
  };
  export = qrcode;
}
