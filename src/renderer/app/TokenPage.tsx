/** Without a token there is nothing to show; both languages, because nobody has chosen one yet. */
export function TokenPage() {
  return (
    <main className="token-page">
      <h1>退守 Haven</h1>
      <p lang="zh-CN">请打开站点启动时打印的完整地址（含 <code>#token=…</code>）。没有它，站点不会和本页面通话。</p>
      <p lang="en">Open the full address that the station printed when it started (with <code>#token=…</code>). Without it the station does not talk to this page.</p>
      <p lang="zh-CN"><strong>紧急情况：立即使用 DCS 硬按钮停车，并按纸质处置卡执行。</strong></p>
      <p lang="en"><strong>In an emergency: use the hard-wired DCS stop button now and follow the paper card.</strong></p>
    </main>
  );
}
