import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { EICAR, startClamd, zipOf, type ClamdSimulator } from '@filodiretto/simulators';
import { createLogger } from '../log.js';
import { scannerOf } from './clamd.js';
import { BOUNDS, inspect } from './inspect.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const zeros = (length: number): Buffer => Buffer.alloc(length);
const deep = (levels: number, inner: Buffer): Buffer =>
  levels === 0 ? inner : zipOf([{ name: `level-${levels}.zip`, bytes: deep(levels - 1, inner) }]);

describe('what a file is, is seen in its bytes', () => {
  it.each<[string, Buffer, string | null, string]>([
    ['a picture', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0'), 'x.pdf', 'image/png'],
    ['a document', bytes('%PDF-1.7'), 'x.txt', 'application/pdf'],
    ['words', bytes('ciao'), 'x.pdf', 'text/plain'],
    ['a table', bytes('a,b\n1,2'), 'x.csv', 'text/csv'],
    ['a page called words', bytes('<!-- x --><html><script>alert(1)</script>'), 'x.txt', 'text/html'],
    ['a drawing that could run, called a picture', bytes('<svg onload=alert(1)>'), 'foto.png', 'text/html'],
    ['a picture that is a program too', bytes('GIF89a/*....*/=1;alert(1)//'), 'x.gif', 'image/gif'],
    ['nothing', zeros(0), 'x.txt', 'text/plain'],
    ['noise', bytes('\0\x01\x02\xff'), 'x.txt', 'application/octet-stream'],
  ])('%s', async (_, file, name, mediaType) => {
    expect(await inspect(file, name)).toEqual({ mediaType });
  });
});

describe('a file is held', () => {
  it.each<[string, string, Buffer, string | null]>([
    ['a program called a picture', 'program', bytes('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff'), 'foto.png'],
    ['a program of another system', 'program', bytes('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0'), 'documento'],
    ['a script', 'program', bytes('#!/bin/sh\nrm -rf /'), 'leggimi.txt'],
    ['a script by its name', 'program', bytes('alert(1)'), 'fattura.pdf.js'],
    ['a name that reads backwards', 'program', bytes('x'), 'fattura\u202Egpj.exe'],
    ['a name that hides its end', 'program', bytes('x'), 'fattura.ex\u200Be '],
    ['a name with dots behind', 'program', bytes('x'), 'fattura.exe...'],
    ['a picture that is a script by name', 'program', bytes('GIF89a=1;alert(1)'), 'x.gif.js'],
    ['a program in an archive', 'program', zipOf([{ name: 'a/foto.scr', bytes: bytes('x') }]), 'foto.zip'],
    [
      'a program under another name in an archive',
      'program',
      zipOf([{ name: 'a.txt', bytes: bytes('MZ\x90\0\x03\0\0\0\x04') }]),
      'a.zip',
    ],
    ['a program three archives deep', 'program', deep(2, zipOf([{ name: 'x.exe', bytes: bytes('x') }])), 'a.zip'],
    ['macros in a document', 'program', zipOf([{ name: 'word/vbaProject.bin', bytes: bytes('x') }]), 'a.docx'],
    ['a password', 'archive-locked', zipOf([{ name: 'a.txt', bytes: bytes('x'), locked: true }]), 'a.zip'],
    ['files above the folder', 'archive-path', zipOf([{ name: '../../etc/passwd', bytes: bytes('x') }]), 'a.zip'],
    [
      'the same with the other slash',
      'archive-path',
      zipOf([{ name: 'a\\..\\..\\x.txt', bytes: bytes('x') }]),
      'a.zip',
    ],
    ['a path from the root', 'archive-path', zipOf([{ name: '/etc/passwd', bytes: bytes('x') }]), 'a.zip'],
    ['a path of a drive', 'archive-path', zipOf([{ name: 'C:\\x.txt', bytes: bytes('x') }]), 'a.zip'],
    ['archives too deep', 'archive-deep', deep(4, bytes('x')), 'a.zip'],
    ['a list that cannot be read', 'archive-broken', bytes('PK\x03\x04 and then nothing'), 'a.zip'],
    ['a size that lies', 'archive-large', zipOf([{ name: 'a.txt', bytes: zeros(100_000), saidSize: 10 }]), 'a.zip'],
    [
      'too many files',
      'archive-many',
      zipOf(Array.from({ length: BOUNDS.entries + 1 }, (_, n) => ({ name: `${n}.txt`, bytes: zeros(0) }))),
      'a.zip',
    ],
  ])('%s', async (_, held, file, name) => {
    expect(await inspect(file, name)).toMatchObject({ held });
  });

  it('one that unpacks to more than is allowed, and no more than that is ever unpacked', async () => {
    const bounds = { ...BOUNDS, bytes: 10_000_000 };
    const layer = zipOf([{ name: '0.txt', bytes: zeros(4_000_000) }]);
    const bomb = zipOf(Array.from({ length: 16 }, (_, n) => ({ name: `${n}.zip`, bytes: layer })));
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await inspect(bomb, 'bomba.zip', bounds)).toMatchObject({ held: 'archive-large' });
    expect(await inspect(gzipSync(zeros(11_000_000)), 'bomba.gz', bounds)).toMatchObject({ held: 'archive-large' });
  });

  it('never for a decent archive: three deep, an empty one, a document', async () => {
    for (const file of [
      deep(3, bytes('x')),
      zipOf([]),
      zipOf([{ name: 'word/document.xml', bytes: bytes('<w:document/>') }]),
      gzipSync(bytes('words')),
    ])
      expect(await inspect(file, 'a.zip')).not.toHaveProperty('held');
  });
});

describe('the virus check', () => {
  let clamd: ClamdSimulator;
  const log = createLogger('spec', 'silent');
  const scan = (file: Uint8Array, timeoutMs = 30_000) =>
    scannerOf({ clamavHost: '127.0.0.1', clamavPort: clamd.port, timeoutMs }, log)?.(file);
  beforeAll(async () => void (clamd = await startClamd()));
  afterAll(() => clamd.close());

  it('is none where none is configured', () => {
    expect(scannerOf({ clamavPort: 3_310 }, log)).toBeUndefined();
  });

  it('finds what it looks for, plain, in an archive and three archives deep', async () => {
    clamd.be('well');
    expect(await scan(bytes('words'))).toBe('clean');
    expect(await scan(zeros(0))).toBe('clean');
    expect(await scan(zeros(3_500_000))).toBe('clean');
    expect(await scan(bytes(EICAR))).toBe('infected');
    expect(await scan(Buffer.concat([zeros(2_999_999), bytes(EICAR)]))).toBe('infected');
    expect(await scan(deep(1, bytes(EICAR)))).toBe('infected');
    expect(await scan(deep(3, bytes(EICAR)))).toBe('infected');
  });

  it('holds what a scanner did not answer about, however it fails', async () => {
    for (const mood of ['silent', 'babbling', 'hanging-up'] as const) {
      clamd.be(mood);
      expect([mood, await scan(bytes('words'), 300)]).toEqual([mood, 'pending']);
    }
    clamd.be('small');
    expect(await scan(zeros(2_000))).toBe('error');
    const { port } = clamd;
    await clamd.close();
    expect(await scan(bytes('words'))).toBe('pending');
    clamd = await startClamd(port);
    expect(await scan(bytes('words'))).toBe('clean');
  });
});
