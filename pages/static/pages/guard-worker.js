// The sum a browser does before it sends: small proofs, each a number whose SHA-256 begins with
// so many zeros. Asked { nonce, bits, parts }; answers the numbers, joined by dots.

"use strict";
const K = new Int32Array(64);
const START = new Int32Array(8);

// The constants of SHA-256: the fractions of the roots of the first primes.
for (let prime = 2, found = 0; found < 64; prime += 1) {
  let divisor = 2;
  while (divisor * divisor <= prime && prime % divisor) divisor += 1;
  if (divisor * divisor <= prime) continue;
  if (found < 8) START[found] = ((Math.sqrt(prime) % 1) * 2 ** 32) | 0;
  K[found] = ((Math.cbrt(prime) % 1) * 2 ** 32) | 0;
  found += 1;
}

const W = new Int32Array(64);
const turned = (word, by) => (word >>> by) | (word << (32 - by));

// The first 32 bits of the SHA-256 of the one block that W begins with.
const digest = () => {
  for (let i = 16; i < 64; i += 1) {
    const near = W[i - 15];
    const far = W[i - 2];
    const s0 = turned(near, 7) ^ turned(near, 18) ^ (near >>> 3);
    const s1 = turned(far, 17) ^ turned(far, 19) ^ (far >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let a = START[0];
  let b = START[1];
  let c = START[2];
  let d = START[3];
  let e = START[4];
  let f = START[5];
  let g = START[6];
  let h = START[7];
  for (let i = 0; i < 64; i += 1) {
    const S1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const t1 = (h + S1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const S0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const t2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  return (START[0] + a) | 0;
};

// Fifty-five bytes at most: the text, one bit, zeros, its length.
const block = new Uint8Array(64);
const view = new DataView(block.buffer);
const first = (text) => {
  block.fill(0);
  for (let i = 0; i < text.length; i += 1) block[i] = text.charCodeAt(i);
  block[text.length] = 0x80;
  view.setUint32(60, text.length * 8);
  for (let i = 0; i < 16; i += 1) W[i] = view.getInt32(4 * i);
  return digest();
};

const solved = (nonce, bits, part) => {
  for (let number = 0; ; number += 1) {
    if (first(`${nonce}.${part}.${number}`) >>> (32 - bits) === 0) return number;
  }
};

self.onmessage = ({ data: { nonce, bits, parts } }) => {
  self.postMessage(Array.from({ length: parts }, (_, part) => solved(nonce, bits, part)).join("."));
};
