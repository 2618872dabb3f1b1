import { decodeAll } from './support.js';

const line = (item: string) => `{"type":"item.completed","item":{${item}}}`;

describe('a web search', () => {
  it.each([
    ['the CLI writes two ids', '"id":"item_3","type":"web_search","id":"ws_1","query":"q"'],
    ['the ids come in the other order', '"id":"ws_1","type":"web_search","id":"item_3","query":"q"'],
    [
      'there are blanks and nested ids',
      '"type" : "web_search", "action":{"type":"x","id":"no","l":["id",{"id":"no"}]}, "id" : "item_3" , "query":"q","id":"ws_1"',
    ],
    [
      'texts hold quotes, braces and backslashes',
      '"query":"}\\"id\\":\\"no\\\\","id":"item_3","type":"web_search","id":"ws_1"',
    ],
  ])('has the id of the item and that of the search when %s', (_name, item) => {
    expect(decodeAll([line(item)])).toMatchObject([{ item: { id: 'item_3', search_id: 'ws_1', type: 'web_search' } }]);
  });

  it('has no search_id without a second id', () => {
    const [event] = decodeAll([line('"id":"item_3","type":"web_search","query":"q"')]);

    expect(event).toEqual({ type: 'item.completed', item: { id: 'item_3', type: 'web_search', query: 'q' } });
  });

  it('keeps both ids when it is written and read again', () => {
    const [event] = decodeAll([line('"id":"item_3","type":"web_search","id":"ws_1","query":"q"')]);

    expect(decodeAll([JSON.stringify(event)])).toEqual([event]);
  });

  it('ignores ids outside of the item', () => {
    const [event] = decodeAll([
      '{"id":"a","type":"item.completed","item":{"id":"item_3","type":"web_search","query":"q"},"x":{"id":"b"},"id":"c"}',
    ]);

    expect(event).toMatchObject({ item: { id: 'item_3' } });
    expect(event).not.toHaveProperty('item.search_id');
  });
});
