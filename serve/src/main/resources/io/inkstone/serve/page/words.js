// What the page says, in English and in Chinese. Two entries a key; {0} is filled in.
const WORDS = {
  runs: ['Runs', '训练记录'], train: ['Train', '训练'], explore: ['Explore', '探索'], draw: ['Draw', '绘制'], gallery: ['Gallery', '画廊'], other: ['中文', 'English'],
  noRuns: ['Nothing is trained yet.', '还没有训练过任何模型。'],
  noRunsOffer: ['Avatars are a good beginning: pixel-art portraits that come with Inkstone. The first pictures appear within a minute.', '可以先训练像素头像（avatars），数据随 Inkstone 一起提供。一分钟内就能看到第一批图片。'],
  trainAvatars: ['Train avatars', '训练 avatars'], otherRecipe: ['Choose another recipe', '选择其他配方'],
  start: ['Start training', '开始训练'], starting: ['starting', '启动中'], stop: ['Stop and save', '停止并保存'], resume: ['Go on', '继续训练'], epochsInAll: ['epochs in all', '总轮数'],
  runName: ['Name of the run', '训练名称'], runNameHint: ['by recipe and time', '默认用配方名和时间'], plan: ['What it takes', '所需资源'], resolved: ['Resolved recipe', '完整配方'],
  parameters: ['Parameters', '参数量'], pictures: ['Pictures', '图片数'], memory: ['Memory, about', '内存（约）'], time: ['Time here, about', '本机用时（约）'],
  seconds: ['{0} s', '{0} 秒'], minutes: ['{0} min', '{0} 分钟'], hours: ['{0} h', '{0} 小时'], log: ['Log', '日志'], evaluations: ['Evaluations', '评测'],
  fromPicture: ['From a picture', '从图片开始'], brushHint: ['Paint over what is to be drawn anew; unpainted, all of it is redrawn.', '涂抹需要重画的部分；不涂抹则重画整张。'], brush: ['Brush', '画笔'], strength: ['Strength', '强度'], wipe: ['Wipe', '清除涂抹'], remove: ['Without a picture', '不用图片'],
  further: ['Further options', '更多选项'], grid: ['Grid of levels', '时间网格'], eta: ['η, fresh noise', 'η（新噪声比例）'], threshold: ['Threshold', '动态阈值'], guidance_rescale: ['Guidance rescale', '引导重标度'], guidance_interval: ['Guidance interval', '引导区间'], clamp: ['hold inside the range', '限制在取值范围内'],
  vary: ['Vary', '变化'], compare: ['Compare', '比较'], close: ['Close', '关闭'], first: ['First', '置顶'], retry: ['Once more', '重试'], clear: ['Forget what is over', '清除已结束的任务'],
  anchor: ['Seed at corner', '角上的种子'], shuffle: ['Other seeds', '换一组种子'], plane: ['Pictures between four seeds', '四个种子之间的图片'], here: ['The picture at the point', '当前位置的图片'],
  drag: ['Drag the point, or move it by the arrow keys: each corner is a seed, and what lies between is drawn from their mixture.', '拖动圆点，或用方向键移动：每个角是一个种子，中间的图片由它们混合而成。'],
  dimensions: ['Values that change most', '变化最大的分量'], attributes: ['Attributes', '属性'],
  live: ['learning', '训练中'], trained: ['ready', '可用'], untrained: ['no checkpoint yet', '尚无检查点'],
  loss: ['loss', '损失'], step: ['step', '步'], epoch: ['epoch', '轮'], upTo: ['Up to step {0}', '至第 {0} 步'],
  choose: ['Choose runs to see their curves and pictures together.', '选择若干训练，把曲线和图片放在一起看。'],
  logarithmic: ['logarithmic', '对数坐标'], recipe: ['Recipe', '配方'], drawWith: ['Draw with it', '用它绘制'],
  model: ['Model', '模型'], prompt: ['Prompt', '提示词'], negative: ['Away from (negative prompt)', '避免（反向提示词）'], what: ['What to draw', '画什么'],
  mix: ['a mix', '混合'], none: ['none: as it likes', '不指定'], count: ['Pictures', '张数'], seed: ['Seed', '种子'], chance: ['by chance', '随机'],
  steps: ['Steps', '步数'], sampler: ['Sampler', '采样器'], guidance: ['Guidance', '引导强度'], own: ['its own', '默认'], size: ['Size', '尺寸'],
  go: ['Draw', '绘制'], cancel: ['Cancel', '取消'], again: ['Again', '再画一次'], use: ['Use its options', '沿用设置'], open: ['Open', '打开'],
  queued: ['waiting, {0} before it', '排队中，前面还有 {0} 个'], running: ['drawing', '绘制中'], edit: ['edit', '编辑'], variation: ['variation', '变体'], failed: ['failed', '失败'], cancelled: ['given up', '已取消'], done: ['done', '完成'],
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
