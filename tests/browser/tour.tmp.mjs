import { Keyline } from "./harness.mjs";
const k = new Keyline(); await k.start();
try {
 for (const [who, size] of [["lead",{viewport:{width:1200,height:800}}],["coordinator",{viewport:{width:360,height:740}}]]) {
  const p = await k.signIn(who, size);
  const all = await p.locator("a[href^='/inspections/']").evaluateAll(a=>a.map(x=>x.getAttribute("href").split("/").slice(0,3).join("/")));
  const ins=[...new Set(all)];
  console.log(who, ins);
  let site;
  for (const i of ins) { await k.visit(p, i+"/returns"); const n = await p.locator("a[href*='/returns/requests/req_']").count(); const t=await p.locator("main").innerText(); console.log(i,n,t.slice(0,60).replace(/\n/g," ")); if (t.includes("11 of 11")||n>0) site ??= i; }
  for (const i of ins) {
   await k.visit(p, i+"/returns");
   const hrefs = await p.locator("a[href*='/returns/requests/req_']").evaluateAll(a=>a.map(x=>x.getAttribute("href")));
   for (const h of hrefs.slice(0,3)) { await k.visit(p,h); if (await p.locator("a[href$='/look']").count()) {
     const name = await p.locator("a[href*='/documents/']").first().innerText();
     if (/pdf|csv|eml/.test(name)) {
       await k.shot(p, `tour-${who}-request-${name}`);
       await k.visit(p, await p.locator("a[href$='/look']").first().getAttribute("href"));
       await k.axe(p); await k.expectNoSidewaysScroll(p);
       await k.shot(p, `tour-${who}-look-${name}`); site=i; }
   }}
  }
  await k.visit(p, site+"/returns"); await k.shot(p, `tour-${who}-returns`);
  await k.visit(p, site+"/returns/search?q=stepping+stones"); await k.axe(p); await k.expectNoSidewaysScroll(p); await k.shot(p, `tour-${who}-search`);
  await k.visit(p, site+"/returns/burden"); await k.axe(p); await k.shot(p, `tour-${who}-burden`);
  await k.visit(p, site+"/returns/statement"); await k.axe(p); await k.shot(p, `tour-${who}-statement`);
  if (who==="coordinator") { for (const i of ins) { await k.visit(p, i+"/returns/coordinator"); await k.axe(p); await k.expectNoSidewaysScroll(p); await k.shot(p, `tour-coord-${i.split("/")[2]}`);} }
 }
} finally { await k.stop(); }
