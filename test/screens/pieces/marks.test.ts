import { expect, it } from 'vitest';
import { findDifferences, findPiece, type Mark, markText } from '../../../src/screens/pieces/marks.ts';

const marked = (text: string, found: readonly Mark[]): readonly string[] => found.map(({ start, end }) => text.slice(start, end));

it('a piece of a command is found as a word of its own', () => {
  const text = 'kubeadm init --control-plane-endpoint a:6443 --control-plane';
  expect(findPiece(text, '--control-plane')).toEqual([{ start: 45, end: 60, isReversed: true }]);
  expect(marked(text, findPiece(text, '--control-plane-endpoint'))).toEqual(['--control-plane-endpoint']);
});

it('a piece of several words is found, each time it stands there', () => {
  const text = 'install -d /a; install -d /b';
  expect(marked(text, findPiece(text, 'install -d'))).toEqual(['install -d', 'install -d']);
});

it('of a line that differs on another host only the words that differ are marked', () => {
  const text = '--advertise-address 192.0.2.78 --port 6443';
  expect(marked(text, findDifferences(text, [text, '--advertise-address 192.0.2.79 --port 6443']))).toEqual(['192.0.2.78']);
});

it('a line of which another host has fewer words is marked whole, but for its indent', () => {
  expect(marked('    a b c', findDifferences('    a b c', ['    a b']))).toEqual(['a b c']);
});

it('where two marks meet, both count', () => {
  const row = markText('abcdef', [
    { start: 0, end: 4, isReversed: true },
    { start: 2, end: 6, tone: 'beware' },
  ]);
  expect(row.map(({ text, tone, isReversed = false }) => [text, tone, isReversed])).toEqual([
    ['ab', undefined, true],
    ['cd', 'beware', true],
    ['ef', 'beware', false],
  ]);
});
