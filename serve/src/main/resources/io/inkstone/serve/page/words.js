// What the page says, in English and in Chinese. Two entries a key; {0} is filled in.
const WORDS = {
  runs: ['Runs', '训练'], draw: ['Draw', '绘制'], gallery: ['Gallery', '画廊'], other: ['中文', 'English'],
  noRuns: ['Nothing is trained yet. In the folder where this server was started, say:', '还没有训练过任何模型。请在启动本服务的目录中运行：'],
  noRunsAfter: ['The run appears here while it learns.', '训练过程会实时显示在这里。'],
  live: ['learning', '训练中'], trained: ['ready', '可用'], untrained: ['no checkpoint yet', '尚无检查点'],
  loss: ['loss', '损失'], step: ['step', '步'], epoch: ['epoch', '轮'], upTo: ['Up to step {0}', '至第 {0} 步'],
  choose: ['Choose runs to see their curves and pictures together.', '选择若干训练，把曲线和图片放在一起看。'],
  logarithmic: ['logarithmic', '对数坐标'], recipe: ['Recipe', '配方'], drawWith: ['Draw with it', '用它绘制'],
  model: ['Model', '模型'], prompt: ['Prompt', '提示词'], negative: ['Away from (negative prompt)', '避免（反向提示词）'], what: ['What to draw', '画什么'],
  mix: ['a mix', '混合'], none: ['none: as it likes', '不指定'], count: ['Pictures', '张数'], seed: ['Seed', '种子'], chance: ['by chance', '随机'],
  steps: ['Steps', '步数'], sampler: ['Sampler', '采样器'], guidance: ['Guidance', '引导强度'], own: ['its own', '默认'], size: ['Size', '尺寸'],
  go: ['Draw', '绘制'], cancel: ['Cancel', '取消'], again: ['Again', '再画一次'], use: ['Use its options', '沿用设置'], open: ['Open', '打开'],
  queued: ['waiting, {0} before it', '排队中，前面还有 {0} 个'], running: ['drawing', '绘制中'], failed: ['failed', '失败'], cancelled: ['given up', '已取消'], done: ['done', '完成'],
  results: ['What was drawn', '结果'], nothing: ['Nothing is drawn yet.', '还没有图片。'],
  search: ['Search by model, prompt or seed', '按模型、提示词或种子搜索'], more: ['More', '更多'],
  drop: ['Drop a PNG here, or choose one, to see how it was drawn.', '把 PNG 拖到这里，或选择文件，查看它是怎样画出来的。'],
  noRecipe: ['This picture carries no recipe.', '这张图片不带配方。'], drawAgain: ['Draw it again', '重新绘制'],
  key: ['This server asks for a key:', '本服务需要密钥：'], gone: ['The server does not answer.', '服务没有响应。'],
};
let chinese = (localStorage.getItem('language') ?? navigator.language).startsWith('zh');
export const say = (key, ...values) => WORDS[key][chinese ? 1 : 0].replace(/\{(\d)\}/g, (_, i) => values[i]);
export const language = () => chinese ? 'zh-CN' : 'en';
export const change = () => { chinese = !chinese; localStorage.setItem('language', language()); };
