import { it } from 'vitest';
import { scenarios } from '../stage/stage.ts';
scenarios('dbg', {}, (stage) => {
  for (let n=0;n<8;n++) it('connect'+n, async () => {
    try { await stage.connect(); } catch (e) {
      console.log('FAILED', (e as Error).message);
      for (const p of await stage.browser.pages()) console.log(await p.url(), (await p.evaluate(()=>document.body.innerText)).slice(0,600));
      console.log(JSON.stringify(stage.notion.requests().map(r=>[r.method,r.path.slice(0,40),r.status])), JSON.stringify(stage.gateway.arrivals().slice(-12)));
      console.log(JSON.stringify(await stage.stored()).slice(0,1500));
      throw e;
    }
  });
});
