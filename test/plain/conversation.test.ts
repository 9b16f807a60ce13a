import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { openConversation } from '../../src/plain/conversation.ts';

function overPipes() {
  const input = new PassThrough();
  const output = new PassThrough();
  let said = '';
  output.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  return { input, conversation: openConversation(input, output), said: () => said };
}

test('answers given ahead through a pipe are taken one by one', async () => {
  const { input, conversation, said } = overPipes();
  input.write('first\nsecond\n');
  expect(await conversation.ask('One? ')).toBe('first');
  expect(await conversation.ask('Two? ')).toBe('second');
  expect(said()).toContain('One? ');
  conversation.close();
});

test('the end of input answers every further question with nothing', async () => {
  const { input, conversation } = overPipes();
  input.end('only\n');
  expect(await conversation.ask('One? ')).toBe('only');
  expect(await conversation.ask('Two? ')).toBeNull();
  expect(await conversation.ask('Three? ')).toBeNull();
});

test('a question that is withdrawn takes no answer', async () => {
  const { input, conversation } = overPipes();
  const withdrawn = new AbortController();
  const asked = conversation.ask('One? ', { signal: withdrawn.signal });
  withdrawn.abort(new Error('no longer asked'));
  await expect(asked).rejects.toThrow('no longer asked');
  const next = conversation.ask('Two? ');
  input.write('answer\n');
  expect(await next).toBe('answer');
  conversation.close();
});

test('lines said while a question is open do not answer it', async () => {
  const { input, conversation, said } = overPipes();
  const asked = conversation.ask('Go on? ');
  conversation.say('output of a host');
  input.write('y\n');
  expect(await asked).toBe('y');
  expect(said()).toContain('output of a host\n');
  conversation.close();
});
