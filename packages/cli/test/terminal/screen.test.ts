import { openScreen } from '../../src/terminal/screen.js';
import { Terminal } from '../support/terminal.js';

describe('on a terminal', () => {
  it('keeps lines below the timeline, and puts others in their place', () => {
    const terminal = new Terminal();
    const screen = openScreen(terminal.output);
    screen.print(['one'], ['', 'now a']);
    screen.print(['two', 'three'], ['now b']);
    expect(terminal.shown).toEqual(['one', 'two', 'three', 'now b']);
    screen.print([], ['now c', 'and d']);
    expect(terminal.shown).toEqual(['one', 'two', 'three', 'now c', 'and d']);
    screen.close();
    expect(terminal.shown).toEqual(['one', 'two', 'three']);
  });

  it('writes each picture at once, so that nobody sees half of it', () => {
    const terminal = new Terminal();
    const screen = openScreen(terminal.output);
    const before = terminal.writes;
    screen.print(['one', 'two'], ['now', 'and']);
    expect(terminal.writes).toBe(before + 1);
    screen.close();
  });

  it('takes all of it away when the terminal has become narrower meanwhile', () => {
    const terminal = new Terminal();
    const screen = openScreen(terminal.output);
    screen.print(['one'], ['x'.repeat(70), 'y'.repeat(30)]);
    terminal.resize(40);
    expect(terminal.shown).toHaveLength(4);
    screen.print(['two'], ['now']);
    expect(terminal.shown).toEqual(['one', 'two', 'now']);
    screen.close();
  });

  it('keeps lines back while it is held', () => {
    const terminal = new Terminal();
    const screen = openScreen(terminal.output);
    screen.print(['one'], ['now']);
    const release = screen.hold();
    expect([terminal.shown, terminal.isCursorShown]).toEqual([['one'], true]);
    terminal.write('Allow? y\n');
    screen.print(['two'], ['now']);
    expect(terminal.shown).toEqual(['one', 'Allow? y']);
    release();
    release();
    screen.print(['three'], ['now']);
    expect([terminal.shown, terminal.isCursorShown]).toEqual([['one', 'Allow? y', 'two', 'three', 'now'], false]);
    screen.close();
  });

  it('prints the lines that it kept back when it is closed', () => {
    const terminal = new Terminal();
    const screen = openScreen(terminal.output);
    screen.hold();
    screen.print(['one'], ['now']);
    screen.close();
    expect([terminal.shown, terminal.isCursorShown]).toEqual([['one'], true]);
  });

  it('hides the cursor until it is closed, also by the end of the process', () => {
    const listeners = process.listenerCount('exit');
    const terminal = new Terminal();
    const screen = openScreen(terminal.output);
    expect([terminal.isCursorShown, process.listenerCount('exit')]).toEqual([false, listeners + 1]);
    screen.close();
    screen.close();
    expect([terminal.isCursorShown, process.listenerCount('exit')]).toEqual([true, listeners]);
  });

  it('prints the summary after it was closed', () => {
    const terminal = new Terminal();
    const screen = openScreen(terminal.output);
    screen.print(['one'], ['now']);
    screen.close();
    screen.print(['summary']);
    expect(terminal.shown).toEqual(['one', 'summary']);
  });

  it('counts on 80 columns where the terminal does not know its size', () => {
    const terminal = new Terminal();
    terminal.columns = 0;
    terminal.rows = 0;
    const screen = openScreen(terminal.output);
    screen.print(['one'], ['now']);
    screen.print(['two'], ['now']);
    expect([screen.style.columns, screen.style.rows]).toEqual([80, 24]);
    expect(terminal.shown).toEqual(['one', 'two', 'now']);
    screen.close();
  });

  it('knows how wide the terminal is now', () => {
    const terminal = new Terminal();
    const screen = openScreen(terminal.output);
    terminal.columns = 132;
    expect(screen.style).toEqual({ columns: 132, rows: 24, isPlain: false });
    screen.close();
  });
});

describe('without colours', () => {
  it('is plain lines, with nothing below them', () => {
    const terminal = new Terminal();
    terminal.depth = 1;
    const screen = openScreen(terminal.output);
    expect([screen.isLive, screen.style.isPlain]).toEqual([false, true]);
    screen.print(['one'], ['now']);
    screen.print([]);
    screen.close();
    expect(terminal.shown).toEqual(['one']);
    expect(terminal.isCursorShown).toBe(true);
  });

  it('counts on 80 columns where the output has no width', () => {
    const pipe = { write: () => true } as unknown as NodeJS.WriteStream;
    expect(openScreen(pipe).style).toEqual({ columns: 80, rows: 24, isPlain: true });
  });
});
