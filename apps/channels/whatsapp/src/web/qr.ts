import qrcode from 'qrcode';

const NOBODY_KEEPS = { 'cache-control': 'no-store' };

/** A code to be shown to a telephone; it links whoever shows it, so nobody may keep it. */
export async function qrImage(code: string, format: 'png' | 'svg'): Promise<Response> {
  if (format === 'svg')
    return new Response(await qrcode.toString(code, { type: 'svg' }), {
      headers: { ...NOBODY_KEEPS, 'content-type': 'image/svg+xml' },
    });
  const png = await qrcode.toBuffer(code, { type: 'png', width: 400 });
  return new Response(Uint8Array.from(png), { headers: { ...NOBODY_KEEPS, 'content-type': 'image/png' } });
}
