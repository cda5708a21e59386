# 界面文字：中文。要增加一种语言，请把这个文件复制到那种语言的代码名下。

## Lessons, on the command line and beside the views

lesson-prompt = {"你的回答> "}
lesson-right = 正确。
lesson-wrong = 不太对。
lesson-wrong-because = 不太对。{ $reason }
lesson-beside = 在浏览界面里边看网络边答题：`resnet-explore explore --lesson { $id }`
lesson-nothing-typed-help = 没有输入内容。请输入答案；? 看提示，s 看答案，q 离开。
lesson-unreadable = 无法识别，这里应填{ $kind }
lesson-hint = 提示：{ $hint }
lesson-found = 工具算得：{ $query } = { $value }
lesson-look = 查看：{ $command }
lesson-keys = ? 提示 · s 看答案 · q 离开；已答的会保留
lesson-right-answers = 答对：{ $right } / { $all }
lesson-left = 已离开，答过的都已保留。
lesson-question = 第 { $number } / { $all } 题
lesson-question-of = 第 { $number } / { $all } 题
lesson-kind-choice = 一个字母：a、b……
lesson-kind-number = 一个数，例如 36864 或 4.09G
lesson-kind-shape = 一个形状，例如 64×56×56
lesson-kind-place = 一层的路径，例如 layer1.0.conv1
lesson-column-id = 编号
lesson-column-lesson = 课程
lesson-column-right = 答对
lesson-next = 下一课：{ $title }
lesson-last = 这是最后一课。
lesson-enter-next = { $key } 开始
lesson-enter-end = { $key } 结束课程
lesson-summary = 小结
lesson-your-answer = 你的回答：{ $answer }
lesson-answer-shown = 已显示答案，不计分。
lesson-enter-on = { $retry } 重试，{ $accept } 继续
lesson-enter-first = { $key } 开始第一题
lesson-enter-type = { $key } 输入答案
lesson-choose = 用 { $up } { $down } 选择，{ $accept } 作答
lesson-place-alone = { $view } 转到视图，选中那一层，再按 { $answer } 作答
lesson-place-beside = 在视图中选中那一层，再按 { $answer } 作答
lesson-computing = 正在计算……
lesson-row-is-a-group = 请选一层：这一行是整个残差块或阶段
lesson-no-layer = 这里没有选中任何层
lesson-nothing-typed = 没有输入内容。
lesson-score = 答对 { $right } / { $all }
lesson-right-of = 答对 { $right }/{ $all }
lesson-tries = { $count } 次
lesson-with-the-hint = 看过提示
lesson-not-answered = 未作答
lesson-hidden = 回答之后才显示
lesson-network = 本题的网络
lesson-unreadable-files = 课程无法读取
lesson-exercises = `resnet-explore lesson fix` 已修正 { $right } / { $all }
lesson-due =
    { $count ->
        [0] 今天没有要复习的题
       *[other] 有 { $count } 道题要复习：`resnet-explore lesson review`
    }

review-title = 复习
review-intro = 这些题答错过、不止一次才答对，或看过提示。再次一遍答对后，会在 1、3、9 天后各问一次，之后不再出现。
review-due =
    { $count ->
        [0] 今天没有要复习的题
       *[other] 今天有 { $count } 道题要复习
    }
review-enter-end = { $key } 结束复习
review-again =
    { $count ->
        [0] 今天再问
        [1] 明天再问
       *[other] { $count } 天后再问
    }
review-over = 不再复习

## 练习：用编辑器修正带有错误的网络定义

fix-exercise = 练习 { $number } / { $all }
fix-file = 请编辑 { $file } 并保存，每次保存都会立即检查。
fix-keys = h 提示 · n 下一个练习 · r 重新开始（你的版本会保留）· q 退出
fix-done = ✓ 已修正：没有发现问题，形状也正确。
fix-next = 按 n 继续下一个练习
fix-summary = 已修正 { $right } / { $all }
fix-aside = 你的版本保存在 { $file }
fix-unreadable = 无法读取 { $file }：{ $reason }
fix-unknown = 没有练习 `{ $name }`，练习编号从 1 到 { $all }
fix-other-parts = 没有发现问题，但这个网络有 { $own } 个部分，正确的网络有 { $right } 个：只修正错误，其余保持不变。
fix-other-shape = 没有发现问题，但 { $part } 的输出是 { $own }，正确的网络是 { $right }。

## A lesson's file, for those who write lessons

lesson-file-open-comment = 这个注释没有用 --> 结束
lesson-file-head = 课程要以 <!-- lesson 开头
lesson-file-no-id = 课程没有 id
lesson-file-no-title = 课程的头部之后要有标题：# …
lesson-file-shape = 一道题先写题目，再写三段 <details><summary>…</summary> … </details>：提示、解释、错误答案
lesson-file-slip = `{ $line }` 不是带理由的错误答案：选项写作 `- b) 理由`，填写的答案写作 `- ``64``：理由`
lesson-file-slips = 每个错误选项各占一行，同一个错误答案只写一次，正确答案不写
lesson-file-same-query = 本课另一道题的 query 与此相同，而答案按 query 保存：请换一个问法
lesson-file-same-reason = 另一个错误答案用了同样的理由 `{ $reason }`：请写明这个答案在这里为什么看似有理，又错在哪里
lesson-file-no-right-option = 工具得到 `{ $value }`，选项里没有它
lesson-file-right-slip = `{ $value }` 正是工具得到的结果：正确答案不需要写错在哪里
lesson-file-key-pattern = 连续四题的正确选项有规律，猜得出来：请调整这一题的选项顺序
lesson-file-claim-undecided = 没有一道题判定说法 `{ $claim }`：请在某一题的 `decides` 中写上它
lesson-file-claim-unnamed = 有一道题判定说法 `{ $claim }`，但文件开头的 `claims` 没有列出它
lesson-file-no-question = 课程没有问题
lesson-file-query-and-kind = 每个问题都要有 query 和 kind
lesson-file-kind = 没有 `{ $kind }` 这种问题：可用 choice、number、shape、place
lesson-file-options = 选择题有四个选项，其他题型没有选项
lesson-file-option-words = 注释里有 { $options } 个选项，问题后面却有 { $words } 行 `- a) 文字`
lesson-file-view-net = view 要写明 net
lesson-file-column = 没有 `{ $column }` 这一列
lesson-file-pane = 没有 `{ $pane }` 这个窗格；可用的有 { $panes }

## A spec that is broken on disk

fault-line = { $fault }；{ $numbers }
fault-gone = ✗ { $file } 不见了
fault-at = ✗ { $file } 第 { $line } 行有错误
fault-somewhere = ✗ 文件有错误
fault-last-good-of = 显示 { $time } 的版本
fault-last-good = 显示的是上一个正确的版本
fault-parent = 显示的是父网络 { $parent } 的数字
fault-readable = 数字来自能读取的部分

## Notices in the footer

notice-text-cut = 只保留前 { $count } 个字符
notice-no-shell = 没有可返回的 shell
notice-pass-runs = 正在前向传播：请先停止
notice-has-run = 这一层已经运行过：p 后退一层，0 回到开头
notice-errors-first = 请先修正网络的错误：见“检查”
notice-no-fix-made = 没有可撤销的修正
notice-no-match = 没有匹配的项
notice-no-key = { $key } 在这里没有作用；{ $help } 列出按键
notice-key-elsewhere = { $key } 在这里没有作用。{ $place }：{ $what }
notice-q-quits = { $key } 退出
notice-no-pass = 请先开始运行：选择权重和输入
notice-no-weights-here = 本机没有训练好的 ImageNet 权重：请打开一个网络，在它的权重列表中下载
notice-no-fix = 这个问题没有自动修正：请看说明
notice-line-without-layer = 这一行不单独生成层
notice-no-path-to-cut = 这一层不在带相加的残差块里：请选中块里的层
notice-nothing-to-flip = 没有可切换的内容：请先修改前向传播
present-on = 演示模式：按 { $show } 才显示答案；按 { $key } 结束
present-quit = 要退出吗？再按一次 { $quit }
present-nothing-hidden = 没有隐藏的内容
present-hidden = 答案已隐藏
pass-input-veiled = 输入：一张图片
flip-before = 修改前
flip-after = 修改后
notice-no-weights-chosen = 没有所选的权重：请在“前向传播”中另选
notice-no-norm = 这个网络没有批归一化（BN）
notice-stops-marked = 在标记的层停下
notice-stops-additions = 在每次相加处停下
notice-stops-stages = 在每个阶段末尾停下
notice-end = 已到终点：0 回到开头
notice-no-back = 没有可以返回的地方
notice-no-forward = 没有可以前进的地方
notice-nothing-to-choose = 这里没有可选的
notice-closest = 已经放到最大
notice-farthest = 已经缩到最小
notice-no-branch = 这一侧没有分支；按 f 沿捷径走
notice-no-reader = 没有层使用它的输出
notice-no-input = 这一层没有输入
notice-fetching = 正在载入权重和输入……
notice-sending = 正在运行一批……
notice-measuring = 正在测量……

## Titles of panes, lists and windows

title-lessons = 课程
tab-forward = 前向
title-keys = 按键
title-purpose = 观察、检查、运行残差网络
title-commands = 命令
title-find-layer = 跳到某层
title-filter = 只显示含有
title-rule = 运算量的计数规则
title-size = 输入的高 × 宽
title-batch = 每批图片数
title-classes = 类别数
title-prepare = 图片预处理
title-prepare-typed = 键入均值、标准差、边长、滤波器……
title-copy = 复制到剪贴板
title-export = 把当前视图写入文件
title-sort = 网络排序依据
title-trained = 显示哪些权重的准确率
title-about = 简介
title-checks = 检查
title-layers = 层
title-spec-makes = 生成的网络
title-problem = 问题、位置、修正
title-downsampling = 下采样
title-distribution = 数值分布
title-run = 用一张图片做前向传播
title-columns = 列
title-rank = 层的排序依据
title-changes = 修改后重新运行
title-points = 散点图

## Where keys hold, as headings of the help

context-always = 任何时候
context-anywhere = 除输入文字外的任何地方
context-lists = 列表
context-catalogue = 目录
context-search = 搜索时
context-network = 网络
context-stats = 概览
context-layers = 层表
context-detail = 详情栏
context-graph = 图
context-checks = 检查
context-spec = 网络定义
context-weights = 权重
context-forward = 前向传播
context-explained = 解释一个值
context-running = 运行时
context-chooser = 权重和输入
context-typing = 输入权重或输入时
context-picker = 列与排序
context-finder = 可搜索的列表
context-bn-lab = 批归一化实验室
context-lesson = 课程
context-question = 课程题目
context-answered = 已答的题目
context-answering = 输入答案时
context-beside = 课程旁的视图
context-help = 帮助
context-files = 文件选择框
context-confirm = 写入修正之前
context-scatter = 网络散点图
context-opened = 从别的画面打开的网络
context-tree = 树
context-compare = 两个网络并排

## The view of the checks

checks-no-downsampling = 没有
checks-none = ✓ 没有发现问题

## Checkpoints in other wrappings

weights-undone = 权重：{ $what }
weights-entry = 条目 `{ $entry }`
weights-entry-of = 条目 `{ $entry }`（可用 `--entry` 改选：{ $others }）
weights-entry-averaged = 条目 `{ $entry }`，平均后的权重（EMA）
weights-entry-averaged-of = 条目 `{ $entry }`，平均后的权重（EMA；可用 `--entry` 改选：{ $others }）
weights-prefix = 已去掉名称前缀 `{ $prefix }`
weights-wrappers = 已去掉名称中的包装：{ $words }
weights-names = 名称已转换，原命名方式：{ $names }
weights-names-structure = 名称已按结构和形状转换
weights-hooks = 已还原为普通权重：{ $hooks }
weights-channels-summed = 第一个卷积由 { $base } 通道改为 1 通道：权重为各通道之和
weights-channels-repeated = 第一个卷积由 { $base } 通道改为 { $channels } 通道：权重依次重复，再乘以 { $base }/{ $channels }
weights-passed-over = 略过 { $count } 个不属于该网络的张量：{ $names }
weights-and-more = { $names } 以及另外 { $count } 个
weights-twice = 文件中有两份该网络的权重，分别在 `{ $first }` 和 `{ $second }` 之下：请用 `--entry { $entry }` 选择一份
weights-no-entry = 没有条目 `{ $entry }`；现有条目：{ $known }
weights-no-entries = 没有条目 `{ $entry }`，文件中没有任何条目
shards-long = 索引超过 { $limit } MiB：权重文件用不到这么大
shards-damaged = 索引不完整（{ $cause }）：请重新下载
shards-many = 索引列出 { $count } 个文件，超过 { $limit } 个：权重文件用不到这么多
shards-elsewhere = 索引列出 `{ $file }`，但它不是旁边的文件
shards-missing = 索引列出 { $file }，但它无法读取（{ $reason }）：请把索引列出的所有文件下载到同一个文件夹
shards-tensor = 索引说 `{ $name }` 在 { $file } 中，但那里没有这个张量：请重新下载两者
pickle-many-marks = 未闭合的标记超过 { $limit } 个：权重文件用不到这么多
pickle-many-at-hand = 栈上的对象超过 { $limit } 个：权重文件用不到这么多
pickle-long-name = 导入的名称太长
numpy-kind = NumPy 数组没有数字类型
numpy-big-endian = `{ $name }` 的数字是大端序；请在小端序的机器上重新保存
state-long-name = 张量的名称太长：文件已损坏或有恶意
fit-two-heads = 文件中没有 `{ $head }`，而 `{ $one }` 和 `{ $other }` 都可能是它：请在文件中只保留一个
fit-same-shapes = 文件中的形状相同，名称不同
fit-alike = 文件中的形状相同，名称不同，而且无法区分 `{ $one }` 和 `{ $other }`：请重命名张量
differs-pool = 捷径不同：从名称中的编号看，两者之一的捷径里有一个没有权重的层，例如平均池化
closest-renamed = { $name } 匹配：全部 { $wanted } 个张量，只是名称不同
choice-entry = --weights { $weights } 时，--entry 不起作用；权重文件才有条目
effect-checkpoint-has-entries = 只有 --weights 后的权重文件有条目

## Heads of columns

column-layer = 层
column-paper = 论文
column-op = 算子
column-what = 作用
column-branch = 分支
column-input = 输入
column-output = 输出
column-kernel = 卷积核
column-stride = 步幅
column-padding = 填充
column-dilation = 空洞率
column-groups = 分组
column-parameters = 参数量
column-buffers = 缓冲量
column-macs = 乘加
column-macs-share = 乘加 %
column-params-share = 参数 %
column-activations = 激活量
column-saved-bytes = 保存字节
column-rf = 感受野
column-total = 合计
column-network = 网络
column-params = 参数
column-depth = 深度
column-year = 年份
column-size = 大小
column-shortcut = 捷径
column-weights = 权重
column-reads = 输入来自
column-params-millions = 参数/M
column-macs-billions = 乘加/G
column-activations-millions = 激活/M
column-top-1 = top-1/%

## Severities

severity-error = 错误
severity-warning = 警告
severity-note = 提示
snippet-help = 建议

## The commands stats, check and list

stats-shape = 输入 → 输出
stats-flops = 浮点运算
stats-receptive-field = 感受野
stats-receptive-field-height = 感受野（高）
stats-receptive-field-width = 感受野（宽）
stats-memory = 内存
stats-accuracy = 准确率
stats-trained-on = 训练数据
check-more-problems = 还有 { $count } 个问题；`check --format json` 给出全部
stats-stage = 阶段
stats-downsamples-at = 下采样位置
stats-pixels = 像素
check-errors = { $count } 个错误
check-warnings = { $count } 个警告
check-both = { $name }：{ $errors }，{ $warnings }
check-nothing = { $name }：没有可检查的
list-broken = 你的文件夹里的 { $name } 有错误：{ $error }（`check { $name }` 列出全部）
check-facts = { $layers } 层，{ $blocks } 个残差块的主分支与捷径形状一致，{ $pixels } 像素
check-facts-plain = { $layers } 层，{ $blocks } 个块没有捷径，{ $pixels } 像素
check-ok = { $name }：通过，{ $facts }
check-ok-but = { $name }：通过，{ $warnings }；{ $facts }
check-checked = 检查了 { $count } 个网络，{ $wrong } 个有错误

## 错误、组成部分与列表

output-error = 错误：{ $message }
output-note = 提示：{ $message }
with-help =
    { $problem }
    建议：{ $help }
text-lines = { $lines }
did-you-mean = 是不是 `{ $name }`？
output-json = 结果无法写成 JSON：{ $cause }
output-stdout = 无法写入标准输出：{ $reason }
output-closed = 它已关闭；请重定向到文件、管道或 /dev/null

## 无法读写的文件

system-not-found = 没有这个文件
system-not-permitted = 没有权限
system-directory = 这是文件夹
system-not-a-directory = 路径中有一部分不是文件夹
system-disk-full = 磁盘已满
system-quota = 磁盘配额已用完
system-read-only = 文件系统是只读的
system-too-large = 大于 { $limit }，超过这类文件的上限
system-not-utf8 = 不是 UTF-8
system-pipe = 这是管道，可能没有结尾：请先把内容写入文件
system-socket = 这是套接字，不是文件
system-device = 这是设备，不是文件
file-unreadable = 无法读取 { $file }：{ $reason }；请检查路径和读取权限
file-unwritable = 无法写入 { $file }：{ $reason }；文件没有改动
file-no-directory = 没有文件夹 { $directory }
file-exists = 文件已存在；加 --force 可替换
file-read-only = 现有文件是只读的
file-too-large = 超过这里允许的最大文件
file-no-new-files = 所在文件夹不允许新建文件
folder-unreadable = 无法读取这个文件夹：{ $reason }
folder-unmakeable = 无法新建 { $folder }：{ $reason }
remembered-damaged = { $file } 已损坏：将从头开始
remembered-newer = { $file } 来自更新的 resnet-explore，保持不变：本次从头开始
remembered-nothing = 不保存状态：{ $reason }
replay-pause = 第 { $line } 行：`{ $word }` 不是停顿；请写 0 到 { $limit } 的秒数，例如 wait:0.5
progress-no-home = 没有主目录：不保存答案
progress-unreadable = 无法读取 { $file }：{ $reason }；这次不保存答案
progress-newer = { $file } 来自更新的版本：保持不变，这次不保存答案
progress-damaged-kept = { $file } 已损坏（{ $cause }）：改名为 { $other } 保留，另建新文件
progress-damaged = { $file } 已损坏（{ $cause }）：保持不变，这次不保存答案

## 图片

picture-shipped = 内置样本
picture-none = { $file } 不是图片；可读取 PNG、JPEG、WebP、BMP 和 GIF
picture-undecodable = { $file } 无法解码：{ $reason }；请用图片编辑器打开并另存为 PNG
picture-too-large = { $file } 有 { $width }×{ $height } 像素，超过 { $limit } 百万像素；请缩小
picture-channels = { $file } 与其他图片一样有 1 或 3 个通道，而网络的输入是 { $channels } 个通道；请用输入为 1 或 3 通道的网络
picture-no-pixels = 没有像素
picture-cut-short = 文件不完整：缺少结尾

## 不能使用的权重

weights-missing = { $origin } 中没有张量 `{ $name }`；请检查权重是否属于这个网络
weights-missing-likely = { $origin } 中没有张量 `{ $name }`；是不是 `{ $suggestion }`？
weights-shape = { $origin } 中的 `{ $name }` 是 { $found }，网络需要 { $expected }；这些权重属于另一个网络
weights-single-number = 单个数
weights-dtype = { $origin } 中的 `{ $name }` 是 { $dtype } 类型；请保存为 F32、F16 或 BF16
weights-unusable = { $file } 不能用：{ $reason }
weights-refused = { $file } 要求 `{ $name }`，已拒绝：{ $advice }。文件中的代码都没有运行
weights-of-tensor = `{ $name }`：{ $reason }
weights-too-few-numbers = `{ $name }` 的数值个数少于形状所需
weights-memory = 权重需要 { $needed } 内存，超过上限 { $limit }：请用更小的网络
weights-memory-free = 权重需要 { $needed } 内存，而本机只剩 { $free }：请用更小的网络
weights-empty = 文件是空的：请重新下载或保存
weights-zip = 这是 ZIP 归档，是 `torch.save` 的格式
weights-safetensors-damaged = 不是完整的 safetensors 文件（{ $cause }）：可能不完整或已损坏；请重新下载或保存
weights-unknown-format = 既不是 `torch.save` 的文件，也不是 safetensors：可能不完整、已损坏或来自其他程序；请重新下载或保存
weights-directory = 这是文件夹：请指定其中的权重文件
weights-directory-such-as = 这是文件夹：请指定其中的权重文件，例如 { $file }
weights-not-finite = `{ $name }`：{ $counts }
weights-nan = { $all } 个值中有 { $count } 个不是数（NaN）
weights-infinite = { $all } 个值中有 { $count } 个无穷大
weights-negative = { $all } 个值中有 { $count } 个小于 0，方差不可能如此
weights-more-tensors = 另有 { $count } 个张量
weights-no-finite-pass = 用 { $file } 无法得到有限的结果：{ $tensors }
weights-train-again = 请重新训练或保存：非有限的值会传给之后的每一层

## 不是权重文件的文件

foreign-git-lfs = 这是 Git LFS 指针：请用 `git lfs pull` 取得文件本身
foreign-web-page = 这是网页，是服务器代替文件返回的：请下载文件本身
foreign-onnx = 这是 ONNX 模型，本程序只写不读：请在 PyTorch 中保存原网络的 `state_dict`
foreign-gzip = 这是压缩文件：请用 `gunzip` 解开
foreign-tar = 这是 tar 包：请解开；PyTorch 0.1 写的文件要用更新的 PyTorch 重新保存
foreign-npy = 这是 NumPy 的单个数组（.npy）：权重文件要有网络的全部张量及其名称；请保存 `state_dict`
foreign-gguf = 这是 GGUF 文件，用于语言模型：请指定 PyTorch 或 safetensors 的权重文件
foreign-tflite = 这是 TensorFlow Lite 的模型：名称和排列与 PyTorch 不同；请用 PyTorch 的权重
foreign-hdf5 = 这是 HDF5，由 Keras 写成：名称和排列与 PyTorch 不同；请用 PyTorch 的权重，或在 Python 中改名、转置后用 `safetensors.torch.save_file` 保存
foreign-torch-export = 这是 `torch.export` 的程序（.pt2），不是权重文件：在 Python 中用 `torch.save(torch.export.load(FILE).state_dict, "weights.pth")` 保存它的权重
foreign-keras = 这是 Keras 的模型：名称和排列与 PyTorch 不同；请用 PyTorch 的权重
foreign-npz = 这是 NumPy 数组的归档（.npz）：如果名称与网络的 `state_dict` 相同，在 Python 中用 `torch.save(dict((k, torch.from_numpy(v)) for k, v in numpy.load(FILE).items()), "weights.pth")` 可存成权重文件
foreign-dcp = 这是 torch.distributed.checkpoint 的文件夹：请用 `python -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER FILE.pth` 合成一个文件
foreign-index = 这是分片权重文件的索引，没有张量：请把列出的文件合成一个，在 Python 中用 `torch.save` 保存成一个字典
foreign-json = 这是 JSON，没有张量：请指定同一文件夹中的权重文件
refused-harmful = 权重文件用不到它，运行它可能有害；在 Python 中也不要载入这个文件
refused-torchscript = 这是 TorchScript 程序，不是权重文件；在 Python 中可用 `torch.save(torch.jit.load(FILE).state_dict(), "weights.pth")` 保存它的权重
refused-quantised = 不读取量化的张量；请保存量化之前的浮点权重
refused-sparse = 不读取稀疏张量；请保存稠密的
refused-other = 只读取张量和普通容器；如果这是整个模型，请在装有其代码的 Python 环境中保存权重：`torch.save(torch.load(FILE, weights_only=False).state_dict(), "weights.pth")`

## 损坏的权重文件

archive-broken = 它的 ZIP 归档不完整或已损坏（{ $cause }）；请重新下载或保存
archive-directory = 目录位于结尾之后
archive-member-beyond = `{ $name }` 超出文件结尾
archive-without-description = 这是没有 `data.pkl` 的 ZIP 归档，不是 `torch.save` 写的；请解开后写其中的文件
archive-long = `{ $name }` 需要 { $bytes } 字节，超过 { $limit } MiB：权重文件不需要这么多
archive-method = `{ $name }` 的压缩方法 { $method } 不受支持；请以不压缩的方式保存
archive-encrypted = `{ $name }` 已加密；请先解开归档
archive-claims = `{ $name }` 声称由 { $packed } 字节解出 { $bytes } 字节，不可能：文件已损坏或有恶意
archive-twice = 有两个文件都叫 `{ $name }`：文件已损坏或有恶意
archive-overlap = `{ $first }` 与 `{ $second }` 重叠：文件已损坏或有恶意
archive-checksum = 校验和不符：文件已损坏（或保存时关闭了 `compute_crc32`）；请重新下载或保存
archive-beyond = 存储区超出文件结尾
archive-small-part = 它只是 { $bytes } 字节压缩数据中的一小部分，程序不会为此全部解压；请以不压缩的方式保存
archive-short = 存储区太短
archive-unpack = 无法解压（{ $cause }）：文件已损坏
archive-unpack-size = 解压后不是 { $bytes } 字节：文件已损坏
pickle-damaged = { $reason }；文件不完整或已损坏：请重新下载或保存
pickle-other = 这是 pickle 文件，但不是 `torch.save` 写的，也没有带名称的 NumPy 数组；请用 `torch.save` 或 safetensors 保存由张量组成的字典
pickle-old = 这是 PyTorch 0.1 的格式，不支持；请用更新的 PyTorch 重新保存
pickle-big-endian = 数值是大端序；请在小端序的机器上重新保存
pickle-many-objects = 它描述了超过 { $limit } 个对象
pickle-ends = 描述在第 { $byte } 字节处过早结束
pickle-line-end = 第 { $byte } 字节处的行没有结尾
pickle-line-text = 第 { $byte } 字节处的行不是文本
pickle-opcode = 第 { $byte } 字节是 { $code }，不是 pickle 操作码
pickle-stack = 第 { $byte } 字节从空栈取值
pickle-mark = 第 { $byte } 字节需要的标记不存在
pickle-import-name = 有一处导入没有名称
pickle-python-1 = 它按 Python 1 的方式建立对象
pickle-registry = 它使用 pickle 的扩展注册表
pickle-outside = 数据不在文件之内
pickle-append = 向不是列表的对象追加内容
pickle-insert = 向不是字典的对象写入内容
pickle-pair = 字典中有键没有值
pickle-reference = 它引用了不存在的对象 { $number }
pickle-reference-number = 它引用对象时没有给出编号
pickle-function = 它调用了不是函数的对象
pickle-call-tuple = 有一处调用没有参数元组
pickle-call-many = 有一处调用有 { $count } 个参数
pickle-call-wrong = 对 `{ $name }` 的调用参数不对
pickle-tensor-storage = 有张量没有存储区
pickle-tensor-kind = 有张量没有数值类型
pickle-tensor-begin = 有张量的起点不在存储区内
pickle-tensor-strides = 有张量的维数是 { $dimensions }，步长却有 { $strides } 个
pickle-tensor-dimensions = 有张量的维数是 { $count }
pickle-sizes-tuple = 张量的大小或步长不是元组
pickle-size-negative = 张量的大小或步长是负数：{ $size }
pickle-size-number = 张量的大小或步长不是数
pickle-storages = 没有列出存储区：文件已损坏
pickle-storage-none = 有存储区没有描述
pickle-storage-nonsense = 有存储区的描述无效
pickle-storage-name = 有存储区没有名称：文件已损坏
pickle-storage-view = 有存储区的视图无效
pickle-storage-negative = 存储区 { $storage } 的大小或偏移是负数
pickle-storage-missing = 缺少存储区 { $storage }；请重新下载或保存
pickle-storage-size = 存储区 { $storage } 应有 { $wanted } 字节，实际 { $found }：文件已损坏
pickle-storage-unused = 存储区 { $storage } 不属于任何张量：文件已损坏
pickle-storage-cut = 文件在存储区 { $storage } 之前结束：不完整
pickle-storage-claims = 存储区 { $storage } 声称有 { $count } 个数，多于文件所有：不完整或已损坏
pickle-storage-twice = 存储区 { $storage } 出现两次：文件已损坏
state-one-tensor = 文件中只有一个没有名称的张量：权重文件中的张量都有名称
state-list = 文件中是列表：权重文件中的张量都有名称
state-no-names = 文件中没有带名称的张量：请指定权重文件
state-no-tensors = 文件中没有张量：请指定权重文件
state-entries = 看不出哪个条目是权重（{ $entries }）：请用 `--entry { $first }` 选择，或在 Python 中单独保存：`torch.save(torch.load(FILE)["{ $first }"], "weights.pth")`
state-optimiser = 这是优化器的状态：只有编号、没有名称的移动平均，没有权重；请使用训练时保存权重的文件
state-optimiser-entry = 条目 `{ $entry }` 是优化器的状态：只有编号、没有名称的移动平均，没有权重；请使用训练时保存权重的文件
state-beyond = `{ $name }` 超出它的存储区：文件已损坏或有恶意
state-storage = `{ $name }` 没有存储区

## 不匹配的权重

misfit-missing = 缺少 `{ $name }`（{ $shape }）
misfit-missing-likely = 缺少 `{ $name }`（{ $shape }）；是不是 `{ $suggestion }`？
misfit-shape = `{ $name }` 是 { $found }，应为 { $wanted }
misfit-extra = `{ $name }`（{ $shape }）在网络中没有对应
fit-headline = { $file } 与 { $network } 不匹配
fit-line = {"  "}{ $line }
fit-finding = { $headline }：{ $reasons }
fit-summary = 张量：{ $wanted } 个中 { $fitting } 个匹配；{ $tally }
fit-summary-prefix = 张量：名称去掉 `{ $prefix }` 后，{ $wanted } 个中 { $fitting } 个匹配；{ $tally }
fit-missing = 缺少 { $count } 个
fit-other-shape = { $count } 个形状不同
fit-left-over = 多出 { $count } 个
fit-part = { $part }：{ $first }
fit-parts = { $part }：{ $tally }；第一个：{ $first }
fit-part-block = { $part } 的残差块 { $blocks }
fit-part-blocks = { $part } 的残差块 { $blocks }
fit-more-parts = 另有 { $count } 个部分
fit-reason = 原因：{ $reason }
fit-closest = 最接近的网络：{ $sentence }
fit-and-more = `{ $first }` 等，另有 { $count } 个
fit-quantised = 文件是量化的：{ $names } 是整数的缩放系数；请用浮点权重
fit-layout-names = 文件的名称来自 Keras、TensorFlow 或 JAX（`{ $name }`）：那里卷积核的顺序是 高 × 宽 × 输入 × 输出，这里是 输出 × 输入 × 高 × 宽；请用 `kernel.transpose(3, 2, 0, 1)` 转换，矩阵用 `.T`，并改用 PyTorch 的名称
fit-layout-shapes = { $count } 个张量的维度顺序是 Keras、TensorFlow 或 JAX 的：那里卷积核是 高 × 宽 × 输入 × 输出，这里是 输出 × 输入 × 高 × 宽；请用 `kernel.transpose(3, 2, 0, 1)` 转换，矩阵用 `.T`，并改用 PyTorch 的名称
fit-detector = 这是检测网络，主干在 `{ $prefix }` 之下；在 Python 中用 `{ $code }` 取出主干
fit-segmentation = 这是分割网络，主干在 `{ $prefix }` 之下；在 Python 中用 `{ $code }` 取出主干
fit-averaged = 平均权重（EMA）带有前缀 `{ $prefix }`；在 Python 中用 `{ $code }` 去掉
fit-prefix = 名称带有前缀 `{ $prefix }`；在 Python 中用 `{ $code }` 去掉
fit-twice = 文件中有不止一份该网络的权重：在 `{ $first }` 和 `{ $second }` 之下
fit-optimiser = 张量中有优化器的状态（{ $names }）：这是整个训练检查点
fit-classes = 文件的分类头是 { $found } 类；网络是 { $wanted } 类
fit-other-head = 文件没有 `{ $head }`，而有另一种分类头：它是为别的任务训练的
fit-no-head = 文件没有分类头（`{ $head }`）：只有特征部分
fit-input = 文件的输入图片是 { $found } 通道；网络是 { $wanted } 通道
fit-input-squares = 文件的输入图片是 { $found } 通道，按 { $side }×{ $side } 像素的方块读入；网络是 { $wanted } 通道。这样的第一层卷积只能改为 1 通道，与 timm 相同
fit-names = 张量的名称与网络不同：文件来自另一个程序或另一个系列
fit-check = `{ $command }` 给出同样的内容；加 `--format json` 得到 JSON
fit-no-file = 没有文件 { $file }，而且权重文件不是网络：请先写网络，再把文件写在 --weights 之后
fit-alone =
    { $file } 是有 { $count } 个张量的权重文件，不是网络：请先写网络，再把文件写在 --weights 之后
      { $closest }
fit-alone-closest =
    { $closest }
    建议：{ $command }
fit-alone-none = 目录中没有网络与它的张量相近
closest-classes = { $classes } 类的 { $name }
closest-by-shape = 只看形状，{ $name } 最接近：它的 { $wanted } 个张量中 { $fitting } 个有对应
closest-whole = { $name } 匹配：{ $wanted } 个张量全部对应
closest-best = { $name } 最匹配：它的 { $wanted } 个张量中 { $fitting } 个对应，文件多出 { $more } 个
closest-prefix = 去掉 `{ $prefix }` 之后，{ $fits }
closest-twins = { $fits }（仅凭权重文件无法与 { $twins } 区分）
differs-deeper = 更深的变体：文件各阶段的残差块数是 { $file }，网络是 { $network }
differs-shallower = 更浅的变体：文件各阶段的残差块数是 { $file }，网络是 { $network }
differs-depths = 另一个变体：文件各阶段的残差块数是 { $file }，网络是 { $network }
differs-convolutions = 残差块种类不同：文件的残差块有 { $file }，网络的有 { $network }
differs-basic = 2 个卷积（基本块）
differs-bottleneck = 3 个卷积（瓶颈块）
differs-convolution-count = { $count } 个卷积
differs-wider = 残差块更宽：文件的第一个卷积输出 { $file } 通道，网络的输出 { $network } 通道
differs-narrower = 残差块更窄：文件的第一个卷积输出 { $file } 通道，网络的输出 { $network } 通道
differs-groups = 分组不同：文件的 3×3 卷积{ $file }，网络的{ $network }
differs-group-count = 分 { $count } 组
differs-none = 没有
differs-ungrouped = 不分组
differs-pre-activation = 文件是 v2 网络：残差块在卷积之前归一化（预激活），网络的在卷积之后
differs-post-activation = 文件不是 v2 网络：残差块在卷积之后归一化，网络的在卷积之前（预激活）
differs-stem = stem 不同（文件的：{ $file }；网络的：{ $network }）
differs-no-kernel = 没有卷积核
differs-attention = 注意力不同（文件的残差块：{ $file }；网络的：{ $network }）
differs-folded = 没有移动统计量，却有偏置：批归一化已并入卷积；请用并入之前保存的权重
differs-no-statistics = 没有移动统计量：网络用组归一化，或保存时没有缓冲区
differs-statistics = 有移动统计量：文件的网络用批归一化，这个网络用的是另一种

## 无法进行的前向传播与选择

cell = 通道 { $channel }，第 { $row } 行，第 { $column } 列
cell-of-image = 第 { $image } 张，通道 { $channel }，第 { $row } 行，第 { $column } 列
mode-inference = 推理
mode-training = 训练
engine-illegal = 网络无法运行：{ $reason }
engine-illegal-at = 网络无法运行：{ $path }：{ $reason }
engine-input = 网络的输入是 { $expected }，给出的是 { $found }（通道 × 高 × 宽）
engine-batch = 编译后的网络的输入是 { $expected }，给出的是 { $found }（张数 × 通道 × 高 × 宽）
engine-one-value = { $path } 每个通道只有一个值，算不出方差：请增大批大小或输入尺寸，或改用推理模式
engine-beside = { $layer } 会超出特征图（`{ $reach }`），所以没有开始快速计算；这是程序的缺陷，`--plain` 不受影响
engine-beside-map = 有一个计算步骤会超出特征图（`{ $reach }`），所以没有开始快速计算；这是程序的缺陷，`--plain` 不受影响
engine-memory = 前向传播需要 { $needed } 内存，超过上限 { $limit }：请减小批大小或输入尺寸，或换更小的网络
engine-memory-free = 前向传播需要 { $needed } 内存，而本机只剩 { $free }：请减小批大小或输入尺寸，或换更小的网络
engine-too-large = 有特征图对快速内核来说太大：请用更小的输入
engine-no-kernel = 处理器不支持 { $kernel }；支持 { $kernels }
engine-no-instructions = 处理器不支持所需的指令集
choice-no-weights = { $name } 没有内置权重；请用 synthetic:0 或权重文件
choice-no-samples = { $name } 没有样本；请用 synthetic:0 或图片文件
choice-no-such-sample = 没有 sample:{ $number }；样本是 sample:0 到 sample:{ $last }
choice-batch = 一张图片的批大小是 1，不是 { $size }；请为每张图片写一个 --input，或用 sample:N、synthetic:种子
choice-weights-form = 不认识 `{ $text }`：请写 shipped、synthetic:种子、init:he:种子、init:torch:种子，或 .safetensors、.pth 文件
choice-input-form = 不认识 `{ $text }`：请写 sample:N、synthetic:种子或图片文件
choice-no-input = 网络没有输入
lab-other-layer = `{ $path }` 是 { $op }，不是批归一化；{ $help }
lab-no-channel = 没有通道 { $channel }：`{ $path }` 有 { $channels } 个，从 0 数起
lab-norms = 它的批归一化从 `{ $first }` 到 `{ $last }`
lab-no-norms = 这个网络没有批归一化
explain-no-cell = { $path } 的输出是 { $shape }；没有{ $cell }
explain-not-run = { $path } 还没有运行，或数值没有保留

    w：换用别的权重或输入

## 对前向传播的改动

edit-refused = { $path }：{ $reason }
edit-main-path = { $block }：主分支置零
edit-shortcut = { $block }：捷径置零
edit-bypass = 跳过 { $path }
edit-mute = { $path }：通道 { $channel } 置零
edit-stride = { $from } 的步幅移到 { $to }
edit-reverse = 通道倒序：蓝、绿、红
edit-replace = { $path }：{ $settings }
edit-batch-statistics = 用本批的统计量
edit-running-statistics = 用移动统计量
edit-imagenet = ImageNet 的均值和标准差
edit-mean-std = 均值 { $mean }，标准差 { $std }
edit-no-addition = 只有相加才有主分支和捷径
edit-changes-shape = 不能跳过：它会改变形状
edit-no-channel = 没有通道 { $channel }
edit-no-stride = 没有可以移走的步幅
edit-has-stride = 已有步幅
edit-takes-no-stride = 只有卷积可以接受步幅
edit-gives-no-stride = 只有卷积有可以移走的步幅
edit-no-colours = 只有图片才有颜色顺序
edit-side = 边长是 1 到 { $limit } 像素
edit-one-per-channel = 每个通道要一个均值和一个标准差
edit-deviation = 标准差要大于 0
edit-other-step = 预处理的种类不同，不能互换

## 解释前向传播的一个值

value-nothing = 没有可以解释的内容
value-title = { $path } { $cell } = { $value }
value-setting = { $model } · 权重 { $weights } · 输入 { $input } · { $mode }

## 命令 run

run-shadowed = `{ $name }` 用的是 { $file }，代替内置的网络
run-chose-weights = 权重：{ $weights }（用 --weights 选择其他）
run-chose-input = 输入：{ $input }（用 --input 选择其他）
run-no-layer = 网络没有可以运行的层
no-such-layer = 没有 `{ $path }` 这一层；{ $help }
run-lists-layers = `resnet-explore table { $network }` 可列出各层
run-idle-top = 有 --until { $path } 时，--top 不起作用：只有网络的输出才是类别
run-idle-picture = { $option } 对 { $input } 不起作用，因为那不是图片；请用 --input 给出图片文件
run-idle-laboratory = --bn 用 { $weights } 时，{ $option } 不起作用：实验的图片此时是合成的，已经处理好
run-mixed-inputs = { $input } 自己就是一整批；请改为给出图片，或用 --batch N
run-inputs-batch = { $count } 个输入的批大小是 { $count }，不是 { $batch }；请去掉 --batch
run-black-border = 从 { $picture }（缩放后 { $resized }）裁剪 { $crop }：四周补黑
run-not-finite =
    前向传播出现非有限的数：`{ $path }` 是第一个输出非有限数的层
    { $cause }
run-overflow = 权重都是有限的数，是计算中的数超出了 32 位的范围
run-picture-steps = { $size }，{ $steps }
label-rms = 均方根
run-input-shows = { $input }（{ $shape }，图中是：{ $label }）
run-picture = 图片
run-mode = 模式
run-mode-training = 训练（用本批的统计量）
run-seconds = { $seconds } s（{ $kernels } 内核）
run-seconds-plain = { $seconds } s（普通内核）
run-numbers = 数值
run-bf16-instruction = bf16，使用处理器的成对乘加指令（AVX-512-BF16）
run-bf16-beside-tiles = bf16，使用处理器的成对乘加指令（AVX-512-BF16）；更快的分块指令（AMX）未使用
run-bf16-halves = bf16，用 f32 指令计算，速度较慢：此处理器或所选内核没有 bf16 指令
run-bf16-answer = { $class }：f32 为 { $before }，bf16 为 { $now }
run-error-rms = 误差（均方根）
run-error-max = 误差（最大）
run-idle-fault = { $option } 不起作用：有错误的网络用普通内核运行。请去掉它，或先修正 `check` 报告的错误。
run-idle-fault-top = --top 不起作用：有错误的网络只运行到出错处，最后一层才输出类别。请去掉它，或先修正 `check` 报告的错误。
stats-idle-fault = { $option } 不起作用：有错误的网络只按一种规则统计到出错处。请去掉它，或先修正 `check` 报告的错误。
run-image = 图片 { $number }
run-moved = { $count } 个移动统计量已更新；`--format json` 可列出
progress-running = 运行中
progress-tuning = 正在测量各种卷积算法
progress-weights = 载入权重

## 命令 explore

explore-no-terminal = 浏览界面需要终端，而这里是管道或文件
explore-no-terminal-help = `resnet-explore stats <名称>`、`table <名称>` 和 `list` 不需要终端；`resnet-explore --help` 列出全部命令
explore-terminal = 终端不能用：{ $reason }
explore-term-unset = 浏览界面需要光标能移动的终端，而说明终端种类的 TERM 没有设置
explore-term = 浏览界面需要光标能移动的终端，而 TERM 是 `{ $name }`
explore-term-help = 如果光标能移动，请写 `TERM=xterm-256color resnet-explore`；`resnet-explore stats <名称>`、`table <名称>` 和 `list` 可在任何终端输出
explore-replay = { $file }：{ $reason }
explore-misspelt = 没有叫 `{ $name }` 的命令或网络；是不是 `resnet-explore { $command }`？

## 命令 export、lesson 与 man

export-wrote = 已写入 { $file }
export-replace = { $file } 已存在；替换吗？[y/N] {""}
export-kept = 保留了 { $file }
export-warning = 警告：{ $warning }
export-table-in-english = 表中文字为英文：pdflatex 不认汉字；--to markdown 可保留中文
export-in-english = 图中文字为英文：该格式所用的字体没有汉字；--to svg 可保留中文
export-folded = 已折叠：按{ $level }绘制，相同的残差块只画一次；完整的图{ $reason }
export-many-edges = 有 { $count } 条边，超过 Mermaid 的默认上限 { $limit }；上限由 `maxEdges` 设定，GitHub 不允许调高
export-many-characters = 有 { $count } 个字符，超过 Mermaid 的默认上限 { $limit }；上限由 `maxTextSize` 设定，GitHub 不允许调高
export-without-weights = 不含权重
export-stand-in-weights = 权重 { $weights }，代替训练好的权重：没有内置的
export-external-name = { $file } 不是文件名，旁边放不了权重
export-onnx-terminal = ONNX 是二进制，不能输出到终端：请加 -o <文件>.onnx，或写入管道
export-binary-terminal = 这种格式是二进制的，不能写到终端：请加上 -o 文件名.{ $ending }，或写入管道
export-needs-name = 请指定一个网络：`export resnet50 --to svg`；只有 --to points 画整个目录
export-points-name = 目录中没有网络 `{ $name }`，不能在散点图中标出；`list` 列出所有名称
export-latex-line = { $title }：{ $parameters } 参数，{ $operations } { $unit }（计数规则 { $rule }），批大小 { $batch }
figure-length = 长度是以磅为单位的数，从 1 到 { $longest }
export-incomplete =
    这个网络无法完整导出：有 { $count } 个张量会不同
    { $differences }
export-difference = {"  "}{ $difference }
export-more-differences = {"  "}另有 { $count } 个
export-tensor-shape = { $name } 是 { $found }，不是 { $wanted }
export-tensor-missing = 缺少 { $name } { $shape }
export-tensor-extra = { $name } { $shape } 不属于网络
export-page-too-large = `{ $name }` 有 { $layers } 层，网页会超过 { $limit } MiB，浏览器难以打开；`export --to csv` 和 `--to json` 包含每一层，`--to svg --level stage` 可画图
export-external-too-large = 这个网络的权重有 { $bytes } 字节，超过上限 { $limit }（16 GiB）
export-onnx-overflow = { $tensor } 中有值 { $value }，超出 16 位浮点数的上限 { $limit }：请去掉 --fp16
export-any-size = { $multiple ->
    [1] 输入的高和宽：任意
   *[other] 输入的高和宽：{ $multiple } 的倍数
 }
export-one-size = 该网络的计算图随输入尺寸变化，首先是 { $part }：请去掉 --dynamic-size，用 --input-size 指定尺寸
export-onnx-too-large = 这个网络的 ONNX 文件有 { $bytes } 字节，protobuf 只允许 { $limit }；请加 --external-data 把权重写入旁边的文件
lesson-lists = `resnet-explore lesson --list` 可列出全部课程
lesson-unknown = 没有课程 `{ $name }`；{ $help }
lesson-export-name = { $file }：请写以 .csv 或 .json 结尾的文件名
man-unknown = 没有命令 `{ $name }`；命令有：{ $names }
man-page = 无法生成手册页：{ $cause }

## 命令行：命令

call-about = 观察、检查、运行残差网络
call-examples =
    示例：
      { $program }                                       打开浏览界面
      { $program } stats resnet101                       总量、阶段、下采样
      { $program } table resnet50 --level block          每个残差块一行
      { $program } compare resnet50_v1 resnet50          差异及各自的代价
      { $program } explain 4.11G                         公布数字的来历
      { $program } check my_resnet.toml                  网络定义的问题
      { $program } run resnet20_fashion --input sample:0 真正的前向传播

    <名称> 是目录中的网络（`{ $program } list`）或网络定义文件的路径。
    退出码：0 完成，1 检查或运行失败，2 调用有误。
call-example = 示例：{ $command }
call-explore = 打开浏览界面，从目录或某个网络开始
call-list = 列出目录
call-stats = 网络的总量、各阶段和下采样
call-table = 层表：每个阶段、残差块或层一行
call-check = 网络与网络定义的形状、合法性和下采样
call-compare = 两个网络的差异及各自的代价
call-explain = 公布的数字来自哪个网络、计数规则、尺寸和分类头
call-run = 运行前向传播
call-bench = 测量前向传播的用时，可看整体，也可看各个步骤
call-export = 为其他工具写出图、网页或模型
call-lesson = 学习：先预测，再由网络验证
call-schema = 输出网络定义文件的 JSON Schema，或某个命令的 JSON 输出的 Schema
call-schema-format = 要描述其 JSON 输出的命令；默认描述网络定义文件
call-completions = 输出 shell 的补全脚本，其中有全部网络名
call-man = 输出一页手册，或写出全部手册

## 命令行：参数

call-any-color = 何时使用颜色；变量 `NO_COLOR` 同样有效
call-any-lang = 界面语言：{ $languages }；省略时用系统语言
call-any-name = 网络或网络定义文件
call-any-names = 网络或网络定义文件
call-any-format = 输出格式
call-any-level = 详细程度：stage（阶段）、block（残差块）或 layer（层）
call-any-count = 运算的计数规则：{ $rules }
call-stats-count = 运算的计数规则：{ $rules }；或 all（全部）
call-any-weights = shipped（内置）、synthetic:种子 或权重文件：.safetensors、.pth、.pt、.ckpt、.bin
call-any-entry = 读取权重文件中的这个条目，而不是默认用于推理的条目：ema.module、state_dict
call-any-threads = 线程数；省略时取使前向传播最快的数目
call-any-kernel = 内核：avx512、avx2、neon 或 portable；省略时取处理器支持的最快内核
call-any-direct = 每个卷积都直接计算，不用减少乘法次数的算法
call-any-precision = 相乘所用的数：f32 或 bf16；bf16 在某些处理器上更快，但不够精确
call-any-input-size = 输入尺寸：224，或 高x宽，例如 224x320
call-any-batch = 每批图片数
call-any-classes = 类别数，代替网络定义中的值
call-any-in-channels = 输入的通道数，代替网络定义中的值；权重文件的第一个卷积随之改写
call-any-output-stride = 最后一张特征图的每个像素对应输入的多少像素：8、16 或 32；超出的步幅改为膨胀
call-any-mean = 从 0 到 1 的值中减去的均值：所有通道一个，或 R,G,B
call-any-std = 除以的标准差：所有通道一个，或 R,G,B
call-any-bgr = 网络输入的通道顺序是蓝、绿、红；此时 --mean 和 --std 按 B,G,R 给出
call-any-resize = 中心裁剪之前，先把短边缩放到这个长度
call-any-crop = 从中心裁剪出这么大的正方形，并以此尺寸运行网络
call-any-interpolation = 缩放用的滤波器：bilinear、bicubic 或 nearest
call-any-picture = 显示把这个大小的图片变成网络输入的各层：宽x高，例如 640x480
call-explore-name = 网络或网络定义文件；省略时打开目录
call-explore-theme = 配色：dark、light、contrast 或 none；省略时适应终端
call-explore-ascii = 只用 ASCII 绘制
call-explore-graphics = 绘制特征图的方式：auto、blocks、kitty、sixel 或 iterm2
call-explore-lesson = 在视图旁打开一课（`lesson --list` 可列出）
call-explore-fresh = 像第一次那样开始，并且不保存状态
call-explore-present = 以演示模式开始：大字标签、回显按键、答案先隐藏、退出前询问
call-explore-plain = 用普通内核逐层运行：这是参照，在任何处理器上数值相同
call-explore-record = 与 --replay 一起使用：把屏幕写成动图（SVG），而不显示
call-explore-force = 覆盖已有的录制文件
call-explore-replay = 播放文件中的按键：例如 `/50 Enter wait:1 Down`
call-bench-warmup = 计时之前的次数
call-bench-runs = 计时的次数
call-bench-layers = 每个计算步骤一行：用时、占比、GFLOP/s，以及与机器上限（roofline）的差距
call-bench-tune = 先测量每个卷积的各种算法，再为本处理器保存能让整次前向传播变快的选择
call-check-all = 目录中的全部网络
call-check-explain = 输出文档中关于某条规则的一页：含义、原因、例子、修正
call-check-fix = 把错误和警告的修正写入网络定义文件；加 `all` 也包括提示
call-check-output = 与 --fix 同用：修正后的网络定义写到这里，原文件不变
call-check-weights = 同时检查这个权重文件是否匹配
call-check-docs-url = 本书的网址，用于 SARIF 中的规则链接
call-any-max-params = 参数量上限，例如 26M
call-any-max-macs = 每批运算上限（规则见 --count），例如 4.1G
call-any-max-activations = 每批卷积与全连接层输出的元素上限，例如 11.2M
call-any-max-memory = 推理内存上限：权重加同时存活的值，按 32 位浮点，例如 120MiB
call-compare-a = 网络或网络定义文件
call-compare-b = 另一个
call-compare-all = 也显示相同的行
call-explain-number = 公布的数字：4.11G、25.6M、"8.2 GFLOPs"、25557032
call-explain-net = 只查这个网络，包括它的 v1 或 v1.5
call-explain-top = 显示的匹配数
call-export-to = 写出的格式
call-export-level = 详细程度：stage、block 或 layer；省略时是 layer，svg 和 mermaid 是 block
call-export-direction = 图中数据的流向
call-export-color-by = svg 或 dot 中颜色的含义
call-export-theme = svg 的背景
call-export-picture = 画出把这个大小的图片变成网络输入的各层：宽x高，例如 640x480
call-export-with = 第二个网络，html 用它与第一个比较
call-export-unfolded = 画出每个残差块，包括与前一个相同的
call-export-output = 代替标准输出的文件；要么完整写入，要么不写
call-export-force = 不询问就替换已有文件
call-export-weights = shipped（内置）、synthetic:种子、权重文件，或 none（权重作为输入）
call-export-dynamic-batch = 批大小任意
call-export-dynamic-size = 允许该网络支持的任意输入尺寸，并说明是哪些
call-export-fp16 = 权重和中间值用 16 位浮点数，体积减半；输入和输出仍为 32 位
call-export-preprocess = 从图片的字节开始：在图中缩放并标准化
call-export-external-data = 把权重写到输出文件旁边的 .data 文件：超过 2 GiB 时需要
call-lesson-id = 课程，或者 `fix`、`review`；省略时列出全部
call-lesson-piece = `fix` 的练习编号；默认是第一个尚未修正的
call-lesson-folder = `fix` 写入并监视的网络定义所在的文件夹；默认是 `resnet-fixes`
call-export-for = 为 neurips-column、cvpr-wide、ieee-column、slide-16x9 或 readme 画图：用其宽度，文字大小清晰可读
call-export-block = 只展开这个残差块，用路径表示：layer2.0
call-export-no-title = 不写标题
call-export-no-legend = 不画图例
call-export-no-preprocess = 不画预处理
call-export-width = 图的宽度，单位是磅（每英寸 72），代替默认宽度
call-export-font-size = 文字大小，单位是磅，代替放得下的最大字号
call-export-he-lines = 按何恺明等人的画法：恒等捷径用实线，带层的捷径用虚线
call-export-scale = PNG 相对于浏览器显示大小的倍数：1 到 4，默认 2
call-lesson-list = 列出课程和各课已答的题数
call-lesson-export = 把至今的答案写入 .csv 或 .json 文件
call-lesson-force = 替换 --export 已有的文件
call-list-family = 只列系列名包含此词的网络
call-list-search = 只列名称、标题、别名、系列、简介或论文中含有这些词的网络
call-list-families = 每个系列一行，而不是每个网络一行
call-list-sort = 排序：catalogue、name、params、macs、activations、depth、rf、year 或 top1（公布的准确率）
call-compare-accuracy = 准确率取哪些权重：只用 imagenet-1k 训练的、按某个训练配方（如 a1_in1k）训练的，或全部（all）已知权重
call-list-accuracy = 准确率取哪些权重：只用 imagenet-1k 训练的、按某个训练配方（如 a1_in1k）训练的，或全部（all）已知权重
call-run-input = sample:N（内置样本）、synthetic:种子 或图片文件；多张图片组成一批
call-run-plain = 普通内核，逐层计算：这是参照，必要时用双精度
call-run-train = 批归一化用本批的统计量，用普通内核
call-run-bn = 与 --train 同用：观察这个批归一化的统计量、公式、直方图和移动统计量
call-run-batches = 与 --bn 同用：更新移动统计量的批数
call-run-channel = 与 --bn 同用：观察的通道
call-run-until = 运行到这一层为止
call-run-layers = 显示每一层的统计
call-run-value = 解释一个值：路径:通道,行,列，例如 conv1:0,12,7；或 路径:特征，例如 fc:3
call-run-products = 与 --value 同用：每个和显示多少个乘积，从大到小
call-run-top = 显示的类别数；省略时是 5
call-completions-shell = shell：bash、zsh、fish、powershell 或 elvish
call-man-command = 命令，输出它的一页而不是整个程序的
call-man-dir = 把每一页写入这个文件夹
call-stats-published = 显示全部已知权重公布的准确率
call-table-columns = 列，用逗号分隔，例如 path,output,params；写别的词会列出全部列
call-heading-pictures = 图片
call-heading-onnx = ONNX
call-heading-budgets = 预算
call-heading-figures = 插图
call-name-name = 名称
call-name-when = 时机
call-name-lang = 语言
call-name-size = 尺寸
call-name-format = 格式
call-name-src = 来源
call-name-file = 文件
call-name-rule = 规则
call-name-protocol = 协议
call-name-path = 路径
call-name-part = 部分
call-name-url = 网址
call-name-venue = 场合
call-name-points = 点数
call-name-piece = 练习
call-name-level = 层级
call-name-kind = 种类
call-name-id = 编号
call-name-class = 类别
call-name-method = 方法
call-name-colours = 配色
call-name-theme = 配色
call-name-shell = SHELL
call-name-number = 数字
call-name-isa = 指令集
call-name-type = 类型
call-name-folder = 文件夹
call-name-dir = 文件夹
call-name-command = 命令
call-name-which = 哪些
call-name-what = 内容
call-name-text = 文字
call-name-pixels = 像素
call-name-key = 依据
call-name-family = 系列
call-name-direction = 方向
call-name-data = 数据
call-name-bytes = 字节数

## 命令行：取值

call-value-color-auto = 在终端上
call-value-color-always = 总是
call-value-color-never = 从不
call-value-format-text = 便于阅读
call-value-format-json = 精确的整数，供脚本使用
call-value-format-csv = 供电子表格使用
call-value-format-markdown = 供文档使用
call-value-format-junit = 供 CI 服务器使用：每个网络一个测试用例
call-value-format-github = 供 GitHub Actions 使用：在对应的行上标注
call-value-format-sarif = 供代码托管平台使用：问题标在网络定义的行上
call-value-to-dot = Graphviz
call-value-to-onnx = ONNX，供其他运行库使用，含权重
call-value-to-pytorch = Python 文件，网络是其中的 `torch.nn.Module`
call-value-to-svg = 图片，不需要 Graphviz
call-value-to-volumes = 特征图的图片，画成相应大小的方块
call-value-to-mermaid = GitHub 可在 Markdown 中画出的流程图
call-value-to-markdown = 供文档使用的总量与层表
call-value-to-csv = 层表的全部列
call-value-to-json = 总量、阶段、层及连接
call-value-to-html = 可折叠、搜索、点击的网页，不依赖其他文件
call-value-to-pdf = 插图，文字可选取，嵌入字体
call-value-to-png = 位图插图
call-value-to-tikz = pdflatex 可直接编译的插图
call-value-to-latex = LaTeX booktabs 格式的层表
call-value-to-points = 整个目录：准确率与乘加次数
call-value-direction-down = 从上到下
call-value-direction-right = 从左到右
call-value-color-by-kind = 层的种类
call-value-color-by-macs = 占全部运算的比例
call-value-color-by-params = 占全部参数的比例
call-value-color-by-time = 占前向传播用时的比例，现场测量
call-value-theme-auto = 浅色；读者的系统为深色时用深色
call-value-theme-light = 白色
call-value-theme-dark = 深色

## 命令行：解析器自己的话

call-usage = 用法：
call-usage-of = { $usage }
call-usage-options = [选项]
call-usage-command = [命令]
call-commands = 命令
call-arguments = 参数
call-options = 选项
call-help = 输出帮助
call-version = 输出版本
call-help-command = 输出本帮助或某个命令的帮助
call-default = { $help }（默认：{ $value }）
call-values = { $help }（可选：{ $values }）
call-values-long =
    { $help }

    取值：
    { $values }
call-value-is = - { $value }：{ $text }
call-wrong-argument = 没有 `{ $argument }` 这个选项或参数
call-wrong-command = 没有命令 `{ $command }`
call-wrong-value = `{ $value }` 不能用于 `{ $argument }`：{ $reason }
call-wrong-no-value = `{ $argument }` 需要一个值
call-wrong-too-many = `{ $argument }` 不能再有值 `{ $value }`
call-wrong-count = `{ $argument }` 的值的个数不对
call-wrong-conflict = `{ $argument }` 不能与 `{ $others }` 同用
call-wrong-twice = `{ $argument }` 不能给出多次
call-wrong-missing = 缺少：{ $arguments }
call-wrong-utf8 = 有参数不是 UTF-8
call-wrong-tip = 是不是 { $names }？
call-wrong-usage = { $heading } { $usage }
call-wrong-more = `--help` 显示更多
call-form-one-of = 请写 { $words }
call-form-whole = 请写整数
call-form-range = 请写 { $least } 到 { $most } 的整数
call-form-other = 格式不对
call-form-picture = 请写 宽x高，例如 640x480，各为 1 到 { $limit }
call-form-input-size = 请写边长，例如 224，或 高x宽，例如 224x320，各为 1 到 { $limit }
call-form-one-rule = 这个命令只用一条规则计数；`stats --count all` 并列显示全部
call-form-numbers = 请写数，例如 0.485,0.456,0.406
call-form-positive = 请写大于 0 的数，例如 0.229,0.224,0.225
call-form-value = 请写 路径:通道,行,列，例如 conv1:0,12,7；向量写 路径:特征，例如 fc:3；都从 0 数起
call-form-url = 请写网址，例如 https://example.org/book
call-form-amount = 请写数，例如 26M、4.1G、100MiB 或 25557032
call-form-amount-digits = 位数超过预算所需

## 命令 bench

bench-model = 网络
bench-threads = 线程
bench-kernel = 内核
bench-median = 中位数 ms
bench-min = 最短 ms
bench-gflops = GFLOP/s
bench-of-peak = 占峰值
bench-ready = 就绪 ms
bench-memory = 峰值 MiB
bench-how = 方法
bench-ms = ms
bench-share = 占比
bench-intensity = FLOP/byte
bench-bound = 上限
bench-of-bound = 占上限
bench-bound-by = 受限于
bench-bound-arithmetic = 运算
bench-bound-memory = 内存
bench-predicted = 预计毫秒
bench-limit = 瓶颈
bench-limit-l2 = L2 缓存
bench-limit-l3 = L3 缓存
bench-choice = 选择依据与预计毫秒
bench-choice-rates = 速率：
bench-choice-timed = 实测：
bench-choice-constants = 常数：
bench-tuned = 已实测 { $count } 种卷积；改用其他算法后，整次前向传播由 { $constant } ms 降到 { $other } ms（轮流计时，取中位数），已为本处理器上的这一前向传播保存
bench-tuned-lost = 已实测 { $count } 种卷积；改用其他算法时整次前向传播需 { $other } ms，按常数选择需 { $constant } ms（轮流计时，取中位数）：差别没有超出波动范围，仍按常数选择
bench-tuned-alike = 已实测 { $count } 种卷积；没有比按常数选择更快的算法，仍按常数选择
bench-tune-portable = 可移植内核在每台机器上的算法都一样，没有可选的算法：去掉 --tune，或换一个 --kernel
bench-machine-unread = { $file } 中没有本机的速率，已重新测量：{ $reason }
bench-machine-unsound = 其中有不可能的速率或大小
bench-machine-unkept = 未能保存本机测得的速率：{ $reason }
bench-summary = { $model }：{ $passes } 次前向传播，批 { $batch }，{ $threads } 线程，{ $kernels } 内核，权重 { $weights }；中位数 { $median } ms，{ $rate } GFLOP/s（按 2 × MACs，规则 conv+fc）
bench-first = 进程启动后 { $ready } ms 得到第一个输出，内存最多 { $memory } MiB
bench-first-alone = 进程启动后 { $ready } ms 得到第一个输出
bench-peak = 处理器的峰值是 { $rate } GFLOP/s，只用乘加测得
bench-bandwidth = 内存带宽 { $rate } GB/s，用 a = b + s·c 在大数组上测得；上限取峰值与 FLOP/byte × 带宽中较小的

## Options without effect, and what takes them

effect-none = 在 `{ $command }` 中，{ $option } 不起作用；{ $acts }
effect-none-beside = { $beside } 时，{ $option } 不起作用；{ $acts }
effect-beside = 有 { $option }
effect-without = 没有 { $option }
effect-dot-svg-mermaid-markdown-csv = 可用于 dot、svg、mermaid、markdown、csv 和 latex
effect-dot-svg-mermaid-take = 可用于 dot、svg 和 mermaid
effect-figures-take = 用于 svg、pdf、png 和 tikz
effect-points-own-sizes = 散点图中的网络都是自身的大小；用于其他格式
effect-svg-for-takes = 用于带 --for 的 svg
effect-png-takes = 用于 png
effect-svg-without-for-takes = 用于不带 --for 的图
effect-stage-one-box = 一个阶段本来就是一个框
effect-dot-svg-take = 可用于 dot 和 svg
effect-svg-volumes-html-take = 可用于 svg、volumes、html 和 points
effect-html-takes = 可用于 html
effect-model-begins-networks-own-input = 模型从网络自己的输入开始；其他格式都可用
effect-flowchart-shows-prepares-picture-level = 流程图只有用 --level layer 才画出图片预处理
effect-graph-shows-prepares-picture-level = 图只有用 --level layer 才画出图片预处理
effect-module-takes-any-batch = 模块可用于任意批大小
effect-batch-any-size = 批大小此时不固定
effect-sarif-takes = 只有 SARIF 含规则链接
effect-text-markdown-json-budgets = 只有 text、markdown 和 json 显示预算
effect-onnx-takes = 可用于 onnx
effect-weights-write = 没有权重可写
effect-stdout-name-file = 输出是标准输出；请写文件名
effect-flowchart-layers-counts-nothing = 各层的流程图不统计数量
effect-name-network-in-resnet-explore = 请写网络的名称，例如 `resnet-explore explore resnet50 --input-size 320`
effect-recording = 录制总是用参考卷积实现，图片也直接写入文件
record-too-long = 录制会超过 { $limit } MiB；请减少回放的按键，或减少停留在动画上的时间
effect-demonstration-begins-first-start = 演示本来就从首次启动的状态开始
effect-families-accuracy = 系列没有准确率
effect-text-shows-them = 只有文本格式显示
effect-none-these-columns-counts-add = 这些列都与它无关；请加 macs、activations 或 saved_for_backward
effect-none-these-columns-counts-operations = 这些列都不统计运算；请加 macs 或 macs_share
effect-table-shows-means-run-takes = 表中不显示均值；可用于 `run`
effect-give-picture-too = 请同时写 --picture
effect-every-other-form-rows = 其他格式都包含所有行
effect-stages-shown-add-level-block = 阶段本来就全部显示；请加 --level block 或 --level layer
effect-markdown-totals-alone-text-json = Markdown 只有合计；text、json 和 csv 有各行
effect-text-markdown-take-json-csv = 可用于 text 和 markdown；json 和 csv 包含所有匹配
effect-rules-page-same-for-every = 规则的说明对所有网络都一样
effect-budgets-operations-activations-memory-count = 只有运算、激活和内存的预算与它有关
effect-add-max-macs = 请加 --max-macs
effect-bf16-is-direct = 在 bf16 下，每个卷积都直接计算
effect-value-explained-plain-kernels = 解释数值用的是普通内核
effect-training-runs-on-plain-kernels = 训练本来就用普通内核
effect-value-explained-plain-kernels-anyway = 解释数值本来就用普通内核
effect-laboratory-looks-whole-channel-leave = 实验看的是整个通道；请去掉其中一个
effect-laboratory-pictures-its-own-networks = 实验用自己的图片，大小与网络一致
effect-text-json-show-classes = text 和 json 显示类别
effect-text-json-show-accuracies = 文本和 JSON 才显示准确率
effect-one-value-classes = 一个数值没有类别
effect-every-other-form-products = 其他格式都包含所有乘积
effect-lessons-listed = 所有课程都会列出
effect-lesson-fix-takes = 只有 `lesson fix` 使用它
effect-both = { $first }、{ $second }

## Problems: what is said around them

problem-about = { $path }：{ $problem }
problem-same-at = { $problem }；同样的还有 { $layers }
problem-same-at-more = { $problem }；同样的还有 { $layers }，另有 { $count } 处
help-did-you-mean = 是不是想写 `{ $name }`？

## Problems: reading a spec

problem-file-unreadable = { $file } 无法读取：{ $reason }
problem-file-is-folder = { $file } 是文件夹，不是网络定义
problem-file-too-large = { $file } 大于 { $size } KiB
problem-file-empty = 文件是空的
problem-not-utf-8 = 第 { $byte } 个字节不是 UTF-8
problem-no-network = 没有叫 `{ $name }` 的网络
help-check-path = 请检查路径；`resnet-explore list` 列出内置网络
help-name-spec-file = 请给出网络定义文件，例如 `my_resnet.toml`
help-spec-is-short = 网络定义通常只有几十行：文件选对了吗？
help-start-a-spec = 先写 `inherits = "resnet50"`，再写不同之处
help-save-as-utf-8 = 请把文件存为 UTF-8 编码
help-did-you-mean-network = 是不是想写 `{ $name }`？`resnet-explore list` 列出全部网络
help-list-networks = `resnet-explore list` 列出网络名；文件要写路径
problem-not-toml = TOML 语法错误：{ $reason }
help-write-toml = TOML 的写法：文字 `title = "ResNet-50"`，列表 `blocks = [3, 4, 6, 3]`，表 `{ $table }`
help-key-parts = 这个键的段数太多；网络定义的键最多三段，如 `define.blocks.mine`
toml-expected = { $reason }，这里需要 { $sign }
toml-duplicate-key = 键重复
toml-too-deep = 嵌套太深
toml-string = 这段文字无法识别
toml-quotes = 文字要写在引号里
toml-key = 这个键无法识别
toml-pair = 每行应为 `key = value`
toml-no-value = 缺少值
toml-value = 这个值无法识别
toml-comma = 缺少逗号
toml-extra-comma = 多了一个逗号
toml-equals-in-list = 列表里不能有 `=`
toml-unclosed-list = 列表没有用 `]` 结束
toml-unclosed-table = 表没有结束
toml-heading = 这个标题无法识别；写法如 `[stem]`
toml-unexpected = 这里不应有内容
toml-comment = 这条注释无法识别
toml-carriage-return = 回车符之后没有换行
toml-number = 这个数无法识别
toml-extended = 这个键已经是另一种值
problem-expected = 这里需要{ $wanted }，而不是{ $found }
problem-expected-none-or-table = 这里需要表或 `"none"`，写的是文字 `{ $found }`
kind-text = 文字
kind-whole-number = 整数
kind-fraction = 带小数的数
kind-number = 数字
kind-calculation = 整数或算式
kind-boolean = 布尔值
kind-true-or-false = `true` 或 `false`
kind-list = 列表
kind-table = 表
kind-date = 日期或时间
kind-layer = 层
help-write-text = 写在引号里：`"ResNet-50"`
help-write-boolean = 写 `true` 或 `false`，不加引号
help-write-number = 写数字，不加引号：0.5
help-write-whole-number = 写整数，不加引号：64
help-write-calculation = 写整数 64，或加引号的算式 `"4 * width"`
help-write-list = 用方括号写列表：`[3, 4, 6, 3]`
help-write-table = 用花括号写键和值：`{ $example }`
help-write-layer = 把层写成表：`{ $example }`
help-write-none-or-table = 写 `"none"`，或用花括号写键和值：`{ $example }`
problem-negative = { $number } 是负数
problem-number-too-large = { $number } 太大：上限是 { $most }
help-zero-or-more = 写 0 或正数：大小不能为负
help-possible-size = 写网络可能有的大小，例如 64
problem-unknown-key = 没有 `{ $key }` 这个键
help-known-keys = 这里可用的键：{ $keys }
problem-unknown-activation = 没有 `{ $key }` 这个键：不支持激活函数 `{ $word }`
help-supported-activation = 去掉它，或换一个支持的激活函数，例如整个网络用 `act = "silu"`
problem-key-chooses-no-activation = 没有 `{ $key }` 这个键：激活函数不是这样选的
help-write-act = 写 `act = "{ $kind }"`
help-write-act-or-kind = 整个网络在文件开头写 `act = "{ $kind }"`，单独一层写 `{ $layer }`
problem-not-a = `{ $word }` 不是{ $what }
help-write-one-of = 写 { $words }
word-condition = 捷径的条件
word-norm-kind = 归一化的种类
word-act-kind = 激活函数的种类
word-approximation = GELU 的近似方法
word-interpolation = 插值方法
word-axis = 轴
word-rounding = 取整方式
word-order = 通道的顺序
word-zeros = 补零通道的位置
problem-pair = 一对值是高和宽两个，这里有 { $count } 个
help-write-pair = 两个方向相同写 3，不同写 `[3, 1]`
problem-percent = { $number } 不是百分比
help-write-percent = 写 0 到 100 之间的数，例如 76.13
problem-accuracy-lacks = 这条准确率缺少 { $keys }
help-state-accuracy = 写明权重和图片大小：`{ $example }`
problem-parent = 父网络 `{ $name }` 无法载入：{ $reason }
problem-inherits-circle = 网络定义循环继承：{ $chain }
problem-inherits-long = 继承链超过 { $most } 级：{ $chain }
help-end-circle = 把其中一个写完整，不用 `inherits`
help-inherit-nearer = 请继承链上更靠前的网络定义

## Problems: calculations

problem-calculation-unreadable = 这个算式无法识别：{ $reason }
help-write-names-and-numbers = 写整数，或由名称、数字、+ - * / 和括号组成的算式：`"4 * width"`
problem-name-unreadable = 这个名称无法识别：{ $reason }
help-write-name = 名称的写法如 `{ $example }`
expr-too-long = 超过 { $most } 个字符
expr-too-deep = 括号嵌套超过 { $most } 层
expr-unexpected = `{ $before }` 之后不应有 `{ $sign }`
expr-no-function = `{ $name }` 不是函数；可用的函数有 `max`、`min`、`log2`
expr-arguments = `{ $name }` 需要 { $count } 个值，写了 { $found } 个
expr-unclosed = 缺少右括号
expr-incomplete = 末尾缺少数字或名称
expr-not-whole = `{ $word }` 不是整数
expr-neither = `{ $sign }` 既不是数字也不是名称
query-needs-brackets = `{ $word }` 是函数，后面要有括号：{ $word }(…)
query-text-open = 引号没有闭合
expr-brace-open = `{ $sign }` 没有闭合
expr-unknown = 这里没有定义 `{ $name }`
expr-divides-by-zero = `{ $text }` 除以零
expr-logarithm = `{ $text }` 对小于 1 的数取对数
expr-too-large = `{ $text }` 太大
help-known-names = 这里可用的名称：{ $names }
help-divide-by-another = 除数要用此处不为 0 的数或名称
help-logarithm = 取对数的数至少为 1，如 `log2(max(1, width))`
help-smaller-numbers = 请用小一些的数
problem-uneven = `{ $text }` 沿高为 { $height }，沿宽为 { $width }，而这里只能是一个数
help-even = 让两个方向的数相同，或用两个方向相等的名称来计算
problem-size-range = { $what }是 { $value }，应在 { $least } 到 { $most } 之间
help-name-is = `{ $name }` 是 { $value }
help-number-range = 写 { $least } 到 { $most } 之间的数
help-change-calculation = 此处 { $names }：请改这个值，或改 { $place } 的算式
help-change-this-line = 此处 { $names }，来自这一行：请修改这一行
size-along-height = 沿高的{ $what }
size-along-width = 沿宽的{ $what }
size-kernel = 卷积核边长
size-stride = 步幅
size-padding = 填充
size-dilation = 空洞率
size-output-channels = 输出通道数
size-reduced-channels = 压缩后的通道数
size-groups = 分组数
size-outputs = 输出数
size-features = 特征数
size-channels = 通道数
size-block-channels = 残差块的输出通道数
size-slopes = 斜率的个数
size-under-root = 根号下的数
size-radix = 特征图个数（`radix`）
size-scale = 特征图个数（`scale`）
size-square = 方块的边长
size-shorter-side = 短边
size-height = 高
size-width = 宽
size-blocks = 阶段的残差块数
size-width-of-stage = 阶段的通道数
size-stride-of-stage = 阶段的步幅

## Problems: building the network

problem-missing-keys = 缺少这些键：{ $keys }
help-state-keys = 写上它们，或从别的网络继承：`inherits = "resnet50"`
problem-missing-key = 缺少键 `{ $key }`
help-write-key = 写在这对花括号里：`{ $key } = { $value }`
problem-output-stride = 输出步幅不能是 { $number }
help-output-stride-one-of = 写 { $numbers }
problem-output-stride-stem = 输出步幅不能是 { $asked }：第一个残差块之前的层步幅已是 { $stem }
problem-output-stride-small = 输出步幅不能是 { $asked }：现在是 { $own }，膨胀只会使它变小
problem-output-stride-missed = 输出步幅不能是 { $asked }：各残差块的步幅从 { $stem } 直接到 { $own }，不经过它
help-output-stride-larger = 请用 { $others }
help-output-stride-smaller = 请用 { $others }，或不写它
help-output-stride-none = 不写它
help-output-stride-missed = 不写它，或修改 `strides`，使步幅在 { $own } 之前经过它
problem-input-sizes = 输入写了 { $count } 个大小，应为通道、高、宽三个
help-write-input = 写 `input = [3, 224, 224]`
help-input-in-bounds = 写 `input = [3, 224, 224]`，或在此范围内的大小
problem-too-many-layers = 网络超过 { $most } 层
help-fewer-blocks = 请减少残差块或层
problem-path-too-long = 层的路径超过 { $most } 字节
help-shorter-name = 请用短一些的名称
problem-no-stage = 没有阶段
help-one-stage = 至少写一个阶段的残差块数
help-stage-blocks = 至少给这个阶段一个残差块，或把它从 `blocks`、`widths`、`strides` 中去掉
help-stage-width = 写这个阶段的通道数，例如 64
help-stage-stride = 特征图大小不变写 1，减半写 2
problem-too-many-blocks = 各阶段共有 { $count } 个残差块，超过上限 { $most }
help-two-networks = 减少残差块，或分成两个网络
problem-list-has = `{ $key }` 有 { $count } 个
problem-list-lengths = `{ $key }` 有 { $count } 个值，而 { $others }
help-lists-per-stage = `blocks`、`widths`、`strides` 要给每个阶段一个值
problem-values-for-stages = `{ $key }` 有 { $count } 个值，而阶段有 { $stages } 个
problem-no-value-for-stage = `{ $key }` 有 { $count } 个值，没有给阶段 { $stage } 的
help-one-per-stage = 给一个值，或每个阶段一个
problem-values-for-blocks = `{ $key }` 有 { $count } 个值，而阶段 { $stage } 有 { $blocks } 个残差块
help-one-per-block = 给全部残差块一个值，或每块一个
help-strides-per-block = 写第一个残差块的步幅 2，或它沿高和宽的步幅 `[2, 1]`，或每块一个
help-state-out = 写明残差块输出多少通道：`out = "4 * width"`
problem-block-out = 残差块写明输出 { $stated } 通道，主分支却输出 { $found } 通道
help-block-out = 让 `out` 等于 `main` 最后一个卷积的输出通道数
problem-no-block = 没有叫 `{ $name }` 的残差块
problem-no-shortcut = 没有叫 `{ $name }` 的捷径
problem-no-attention = 没有叫 `{ $name }` 的注意力
help-there-are = 可用的有：{ $names }
problem-no-place-for-attention = 残差块 `{ $block }` 没有放注意力的位置
help-block-with-attention = 换一个残差块，或自己定义一个，在其中放 `{ $example }`
help-write-shortcut = 写 `shortcut = "projection"`
problem-no-parameter = 残差块没有参数 `{ $name }`
help-block-without-parameters = 这个残差块没有参数；别的可能有：`block = "bottleneck"`
help-block-parameters = 残差块的参数有：{ $names }
problem-blocks-of-one-name = 两个残差块都叫 `{ $path }`
help-block-name = 残差块的名称要包含阶段和块的编号：`{ $example }`
help-template-names = 阶段的名称可用 `stage`，残差块的名称可用 `stage` 和 `block`
problem-shortcut-none = `shortcut = "none"` 表示没有捷径，这里却为它定义了层
help-rename-none = 给捷径换个名称，如 `[define.shortcuts.own]`，并写 `shortcut = "own"`；或去掉这些层，让 `"none"` 表示没有捷径
problem-values-for-channels = `{ $key }` 有 { $count } 个值，而通道有 { $channels } 个
note-values-of-other-channels = `preprocess` 的 `{ $key }` 有 { $count } 个值，是给别的通道的；{ $channels } 个通道都取它们的平均值
help-own-values = 如知道这些通道的值，请自己写 `{ $key }`
help-one-per-channel = 每个通道一个值，或全部用一个数
help-one-per-channel-commas = 每个通道一个值，用逗号隔开，或全部用一个
problem-mean-without-std = `mean` 和 `std` 要一起写，现在缺一个
help-mean-and-std = 两个都写，每个通道一个值
problem-no-group = 归一化至少要有一组，每组至少一个通道
help-one-or-more = 写 1 或更大的数，例如 32
problem-divided-by = 图片不能除以 { $number }
help-above-zero = 写大于 0 的数，例如 `divisor` 写 255，`std` 写 0.225
problem-negative-eps = 方差加上 { $number } 可能为负
help-eps = 写 0 或正数，例如 0.00001
problem-momentum = 动量是 { $number }，应在 0 到 1 之间
help-momentum = 写本批在新的移动统计量中所占的比例，例如 0.1
problem-layers-too-deep = 层的嵌套超过 { $most } 级
help-one-after-another = 请把它们依次写出
problem-two-units = 这一层既是 `{ $first }` 又是 `{ $second }`
help-two-layers = 写成两层，各用一对花括号
problem-no-unit = 没有叫 `{ $name }` 的层
help-units = 可用的层：{ $names }
problem-layer-without-unit = 这一层没有写是哪一种
help-unit-keys = 写上其中一个键：{ $names }
problem-unequal-maps = { $channels } 个通道不能均分成 { $maps } 张特征图
help-divisible-channels = 让前一层的输出通道数能被 { $maps } 整除，例如 { $near }，或减少特征图的个数
problem-slopes = PReLU 有 { $count } 个斜率，输入却是 { $channels } 个通道
help-slopes = 共用一个斜率写 `weights = 1`，每个通道一个写 `weights = "channels"`
problem-runs-as = `{ $name }` 会按 { $op } 运行：`act` 是模块的名称，函数由 `kind` 选择
help-write-kind = 在旁边写 `kind = "{ $kind }"`，或换个名称，如 `{ $example }`
help-other-function = 不支持这个函数；如要用支持的函数，请换个名称，如 `{ $example }`
problem-one-sided-border = 步幅为 1、窗口边长为偶数的池化只能在一侧加边
help-pool-border = 窗口边长取奇数，或写 `padding = 0`，或用计入边框的平均池化 `count_include_pad = true`
problem-rounding-of-same = 有 `padding = "same"` 时 `rounding` 不起作用
help-drop-rounding = 去掉 `rounding`：输出边长是 ⌈输入边长 / 步幅⌉
problem-attention-in-attention = 注意力中又用了注意力，会无限地嵌套自己
help-write-layers = 直接写出各层，或用 `{ $example }` 表示门控之内的门控
problem-even-kernel = 卷积核是 { $size }，应为奇数，通道数才不变
help-write-odd = 写 { $less } 或 { $more }
help-whole-squares = 让输入的边长在这里是 { $block } 的倍数，或先在边上补零：`{ $example }`
problem-dropout = p 是 { $number }，应在 0 到 1 之间
help-dropout = 写训练时丢弃的比例，例如 0.5
problem-no-tensor-yet = 这里还没有张量：这个数之前只有图片
help-after-convolution = 请放在卷积之后；图片的缩放和平移由 `preprocess` 完成
problem-split-at-start = { $channels } 个通道在第 0 个之后切分，没有通道可按实例归一化
problem-split-at-end = { $channels } 个通道在第 { $first } 个之后切分，没有通道可按批归一化
problem-split-of-one = 一个通道不能分开
help-split-more = 这里写 `kind = "batch"`，或让前一层至少输出 2 个通道
help-split-range = `instance` 应在 1 到 { $most } 之间
steps = { $steps }
steps-blue-first = 蓝色在前

## Problems: keys without effect

problem-no-effect = `{ $key }` 不起作用：{ $why }
why-only-grouped = 只有 `"group"` 和 `"evo_s0"` 才有分组
why-group-size = 由 `group_size` 决定
why-own-norm = 每个归一化都有自己的设置
why-only-batch = 只有批归一化才有移动统计量
why-only-instance = 只有实例归一化可以没有缩放和平移
why-only-split = 只有 `"split"` 才把一部分通道按实例归一化
why-kind-none = `"none"` 不做归一化
why-does-not-activate = 这一层自己没有激活函数
help-let-activate = 去掉它，或让这一层带激活函数
why-own-activation = 这种归一化自带激活函数
why-no-norm = 没有归一化层
why-no-conv = 没有卷积用到它
why-nothing-standardized = 这个网络不做权重标准化
why-no-second-relu = 没有残差块两次调用同一个 ReLU
why-own-act = 每个激活层都有自己的函数，或没有激活层
why-only-leaky-relu = 只有 Leaky ReLU 有自己的斜率
why-only-elu = 只有 ELU 有 `alpha`
why-only-gelu = 只有 GELU 有近似
why-only-prelu = 只有 PReLU 的斜率是学习的
why-no-resize = 没有 `resize` 就不缩放图片
why-not-three-channels = 三个通道的图片才有颜色顺序
why-no-layer-of-network = 这个网络没有层用到这个参数
why-no-layer = 没有层用到这个参数
why-no-stride = 没有层用到 `stride`
why-no-classes = 没有层用到它，而网络有 { $count } 个输出
why-no-stage-block = 没有阶段用这个残差块
why-no-stage-shortcut = 没有阶段用这种捷径
why-no-stage-attention = 没有阶段用这种注意力
help-other-norm = 去掉它，或换一种归一化
help-standardize = 去掉它，或去掉某个卷积的 `standardize = false`
help-let-network-standardize = 去掉它，或让整个网络做权重标准化：`{ $example }`
help-functional-relu = 去掉它，或让残差块两次调用同一个模块：在两处写 `{ $example }`
help-own-act = 去掉它，或去掉某个激活层的 `kind`
help-resize = 去掉它，或写明图片缩放到的边长：`resize = 256`
help-three-channels = 去掉它，或让输入有三个通道
help-use-in-block = 去掉它，或让残差块的某一层用到它
help-use-in-layer = 去掉它，或让某一层用到它
help-use-stride = 每个阶段都写 1，或让残差块的某一层用到它：`stride = "stride"`
help-use-classes = 让最后一层有这么多输出：`out = "classes"`
help-name-it = 去掉它，或使用它：`{ $key } = "{ $name }"`
help-remove-or-kind = 去掉它，或写 `kind = "{ $kind }"`
help-remove-or-choose = 去掉它，或写 `{ $other }`

## Rules of legality

legality-acyclic = 没有层以自己的输出为输入，无论直接还是经过别的层；每层的输入都来自它之前的层。
legality-one-source = 恰好有一层没有输入：输入层。
legality-one-sink = 恰好有一层的输出不送往别的层：输出层。
legality-arity = 相加有两个输入，输入层没有输入，其他层都有一个输入。
legality-unique-paths = 没有两层的路径和调用顺序都相同，没有两个带参数的模块共用一个路径。
legality-stage-paths = 没有层使用阶段或残差块的路径：那是容纳层的模块。
legality-shapes = 每层都能接受它的输入形状，大小不为零，也不超过上限。
problem-reads-later = 它的输入来自之后才运行的层
problem-no-input = 没有输入
problem-second-input = 这是第二个输入
problem-not-read = 没有层使用它的输出
problem-arity = { $op } 需要 { $wanted } 个输入，而不是 { $found } 个
problem-path-taken = 路径 { $path } 已被前面的层占用
problem-tensor-taken = 另一层已有张量 { $path }
problem-path-of-stage = 路径 { $path } 是一个阶段的路径
problem-path-of-block = 路径 { $path } 是一个残差块的路径
problem-circle = 各层的输入互相依赖，成了环：{ $paths }
help-circle = 让其中一层的输入来自环外
problem-two-of-one-name = 这个列表里有两层都叫 `{ $name }`
help-name-of-its-own = 作为输入的那一层，请取一个独有的名称
problem-no-layer-of-name = 这个列表里没有叫 `{ $name }` 的层
help-layers-of-list = 其中有：{ $names }
problem-reads-several = 这一层写了 { $count } 个输入，但它只能有一个
problem-joins-few = 这一层合并 { $count } 个层，个数不对
help-join-layers = 写出要合并的层：`{ $example }`
problem-several-outputs = 这个列表里有多层的输出没有送往其他层：{ $names }
help-one-output = 把它们合并，或只留一个：列表只有一个输出
problem-operands = 主分支 { $main }，捷径 { $shortcut }
problem-summands = { $first } 和 { $other } 不能相加
problem-gate = 特征图 { $map }，门控 { $gate }
problem-joined = { $first } 和 { $other } 不能拼接
problem-channels = 需要 { $wanted } 个通道，而输入是 { $found }
problem-window = { $window } 的窗口放不进 { $found }
problem-groups-of-input = { $channels } 个输入通道不能分成 { $groups } 组
problem-groups-of-output = { $channels } 个输出通道不能分成 { $groups } 组
problem-squares = { $found } 不能切成 { $block } 像素的方块
problem-mean-of-one = { $found } 的每个通道只有一个值，没有可取的均值
problem-deviation-of-one = { $found } 只有一个值，没有标准差
problem-narrowing = 补零只能增加通道：{ $from } → { $to } 会丢掉通道
problem-needs-map = 需要特征图，而输入是 { $found }
problem-needs-vector = 需要向量，而输入是 { $found }：在它之前放 `flatten`
problem-size-zero = { $what }是 0
problem-size-limit = { $what }是 { $value }，超过上限 { $limit }
help-rename = 给其中一层换个名称
help-rename-with-places = 给其中一层换个名称：它们写在 { $first } 和 { $second }
help-rename-module = 给这一层换个名称：阶段和残差块的权重都在它们自己的路径之下
help-gate = 门控是每个通道一个数：先在其中取均值（`mean = "mean"`），最后一个带通道的层输出 { $channels } 个通道
help-joined = 让拼接的各路步幅相同
help-norm-groups = `groups` 要能整除每个归一化的通道数，此处是 { $channels }，例如写 { $near }
help-divisible-width = 选能被 { $groups } 整除的宽度，例如 { $near }，或减少分组
help-smaller-dilation = 用更大的输入、更小的空洞率，或减少之前的下采样
help-smaller-kernel = 用更大的输入、更小的卷积核，或减少之前的下采样
help-more-values = 用更大的输入，减少之前的下采样，或换一种归一化或池化
help-use-projection = 通道减少处用投影捷径（`shortcut = "projection"`）
help-order-of-layers = 请检查顺序：先特征图，再展平，最后全连接层
help-layer-before = 让前一层输出 { $channels } 个通道
help-size-of-one = 大小至少为 1
help-padding-at-most = 用更小的卷积核或空洞率，或让 `padding` 不超过 { $most }
help-at-most = 不超过 { $most }
help-skip = 绕过全部阶段的捷径把 stem 的 { $stem } 加到 { $body } 上：给它加层，让两者形状一致，如 `{ $example }`，或写 `skip = "none"`
help-shortcut-channels = 让捷径与主分支的输出通道数相同：{ $channels }
help-same-stride = 让主分支和捷径的步幅相同
help-stride-of-block = { $path } 在每个残差块中步幅都是 { $stride }，但阶段的 `strides` 没有写这个步幅时捷径是恒等捷径：请在这一层写 `stride = "stride"`
help-block-shape = 残差块的主分支改变了形状，而步幅和 `out` 都没有这样写：请让三者一致
help-identity = 恒等捷径形状不匹配：请改用投影捷径（`shortcut = "projection"`），这里是 1×1 卷积，通道 { $from } → { $to }，步幅 { $stride }
help-turns-pixels = { $path } 是 { $window }，填充 { $padding }，把边长 { $from } 变成 { $to }
help-even-kernel = { $turns }：核的边长为偶数时，对称填充不能保持大小；请用奇数 `kernel = { $kernel }`，或写 `padding = "same"`
help-padding = { $turns }：请写 `padding = { $padding }`
help-stride-twice = 主分支有两处步幅：{ $first } 和 { $second }，请只留一处

## Findings of the lint

problem-stride-in-1x1 = 瓶颈块的步幅在第一个 1×1 卷积（v1，2015 年论文的写法）
help-stride-in-1x1 = torchvision 的 v1.5 把它放在 3×3 卷积：参数相同，运算更多，准确率更高
problem-same-padding-left = 步幅 { $stride } 时 `padding = "same"`：左边 { $first } 像素，右边 { $last } 像素；PyTorch 的 `padding = { $own }` 两边各 { $own }
problem-same-padding-above = 步幅 { $stride } 时 `padding = "same"`：上边 { $first } 像素，下边 { $last } 像素；PyTorch 的 `padding = { $own }` 两边各 { $own }
help-same-padding = 形状相同，但每个窗口错开一个像素：权重来自 TensorFlow 或 Keras 时正确，来自别处就错，请去掉
problem-stride-twice = 残差块的主分支有两处步幅：{ $first } 和这里
help-one-stride = 一个残差块只用一处步幅；另一处放到别的阶段
problem-idle-projection = 这里用恒等捷径就行（{ $shape }），却用了投影捷径
help-idle-projection = 这是何恺明等人 2015 年的方案 C：参数更多，准确率几乎不变；`shortcut = "projection"` 只保留必要的
problem-stage-keeps-size = 阶段 { $stage } 没有下采样
help-stage-keeps-size = 阶段 1 之后，每个阶段的第一个残差块用步幅 2 把特征图减半，除非用空洞卷积
problem-downsamples-once = 网络只在阶段 1 下采样：阶段 2 到 { $stages } 的特征图一样大
problem-downsamples-nowhere = 网络主体没有下采样：阶段 2 到 { $stages } 的特征图一样大
help-downsamples-once = 阶段 1 之后，每个阶段的第一个残差块步幅取 2（`strides = [1, 2, 2, 2]`）：宽的阶段在大特征图上运算量要多出数倍
problem-relu-before-add = 主分支与相加之间有 ReLU：残差块只能加，不能减
help-relu-before-add = 主分支以最后的归一化结束，ReLU 放在相加之后（`{ $example }`）
problem-no-relu-after-add = 相加之后没有 ReLU
help-no-relu-after-add = 何恺明等人 2015 年在相加之后激活：`{ $example }`；预激活残差块则把 ReLU 放在卷积之前
problem-norm-after-relu = 归一化在 ReLU 之后
help-norm-after-relu = 顺序是卷积、归一化、ReLU（Ioffe 和 Szegedy，2015 年，3.2 节）：请交换两者
problem-norm-after-pool = stem 的池化之后有归一化
help-norm-after-pool = stem 是卷积、归一化、ReLU、池化，池化之后什么也没有：请去掉
problem-bias-before-norm = 卷积有 { $count } 个偏置，后面的批归一化会减去均值：偏置不起作用
help-bias-before-norm = 去掉偏置（`bias = false`）；批归一化自己有 β
problem-projection-without-norm = 投影捷径没有归一化，与它相加的主分支却有
help-projection-without-norm = 捷径也要归一化，相加的两边数值才相当（`shortcut = "projection"`）
problem-norm-missing = 这个卷积之后没有归一化，而其他大多数都有
help-norm-late = 归一化放得太晚：请移到卷积之后、ReLU 和池化之前
help-norm-missing = 在它之后放 `{ $example }`：卷积、归一化、ReLU
problem-stem-without-relu = stem 没有 ReLU
help-stem-without-relu = stem 是卷积、归一化、ReLU，大图片再加池化：请加上 `{ $example }`
problem-small-stem = stem 保持边长 { $pixels }：这是用于 CIFAR 的 32 像素图片的 stem
help-small-stem = 大图片先经过步幅 2 的 7×7 卷积和步幅 2 的池化，边长缩到四分之一再进入阶段 1；否则运算量约为 16 倍
problem-stem-without-pool = stem 只把边长 { $from } 缩到 { $to }：缺少池化
help-stem-without-pool = 在 stem 末尾放 `{ $example }`：每个阶段的像素就只有四分之一
problem-large-stem = stem 把边长 { $from } 缩到 { $to }：这是用于 ImageNet 的 224 像素图片的 stem
help-large-stem = 小图片要保留像素：用步幅 1 的 3×3 卷积，不用池化（见 `resnet20_cifar`）
problem-pool-loses-pixels = 池化把边长 { $from } 变成 { $to }，而一半是 { $wanted }
help-pool-loses-pixels = 步幅 2 的池化，填充要等于 (窗口边长 − 1) / 2（向下取整）才恰好减半：3×3 填充 1，5×5 填充 2；否则之后的特征图都会差一两个像素
problem-head-tied-to-size = 分类头展平了 { $size } 像素：全连接层只适合这一种大小的图片
help-head-tied-to-size = 在它之前放 `{ $example }`：无论图片多大，每个通道都是一个数，参数也少得多
problem-crop-beyond-picture = 从短边为 { $shorter } 的图片中取中间 { $size }：四周会是黑边
help-crop-beyond-picture = 短边至少要缩放到裁剪的大小，例如 224×224 用 `resize = 256`

## Fixes

fix-edits = { $edits }
fix-set = { $key } = { $value }
fix-remove = 去掉 { $key }
fix-follow = 在 { $key } 之后放 { $value }
fix-swap = 把 { $key } 与前一项交换
fix-overlap = 各处修改互相重叠
fix-not-in-file = 文件里没有 { $key }
fix-not-in-list = { $key } 不在列表里
fix-cannot-add = 不能加入 { $key }
fix-not-a-table = { $key } 不是表
notice-fix-does-not-fit = 这个修正不适合这个文件：{ $reason }
notice-undone = 已在 { $file } 中撤销：{ $what }
notice-file-changed = { $file } 在读取之后变过：没有写入
fault-headline = { $file } 第 { $line } 行：{ $problem }
fault-cannot-run = { $path } 不能运行：{ $why }；按 4 看怎么修正
fault-breaks-a-rule = 它违反规则
checks-f-applies = { $key } 应用修正：{ $fix }
checks-what = 检查过：网络定义的键和值，{ $rules } 条合法性规则（一个输入、一个输出、无环、每层形状一致……），以及步幅和投影捷径的位置等。

## Budgets of the command check

cost-operations = 按规则 { $rule } 的运算量
cost-memory = 推理内存
budget-kept = { $what }：{ $cost } / { $allowed }，{ $share }
budget-exceeded = { $what }：{ $cost } 超出预算 { $allowed }，多 { $over }
budget-over = { $over }，{ $share }
budget-exactly = 共 { $cost }，多 { $over }
budget-bytes = { $number } 字节
check-within-budget = { $name }：在预算之内，{ $kept }
check-notes = { $count } 条提示
check-counts = { $counts }
check-no-rule = 没有 `{ $rule }` 这条规则；{ $help }
check-known-rules = 规则有：{ $rules }
check-page = { $page }：`resnet-explore check --explain { $rule }` 显示文档的这一页
check-one-output = --output 只写一个修正后的网络定义：请只给一个网络
check-fix-built-in = { $name } 是内置网络：用 --output <文件> 写出修正后的副本
check-fix-no-file = { $name } 不能原地写入：用 --output <文件> 写出修正后的副本
check-no-fix = { $name }：没有可以直接应用的修正

## The command explain

explain-is = 是 { $title }（{ $net }）的{ $what }：{ $value }
explain-of-all = { $confidence }；搜索过的全部组合中，有 { $count } 个与此一致。
explain-quoted = { $title } 常被引用的数字
explain-advice = 请换一个单位（G、M）试试，或用 `--net` 指定网络定义文件。
explain-marks = `*` 标出与此完全一致的数字；`resnet-explore stats <名称> --count all` 说明每条规则计什么。
explain-certain = 确定：每一位都相等
explain-likely = 很可能：其他符合的更少见
explain-unsure = 不确定：别的组合同样符合
explain-guess = 猜测：没有完全一致的数字
explain-unknown = 未知：目录中没有接近的

## Layers, in a few words

layer-image = 图片 { $shape }
layer-divide = 除以 { $divisor }
layer-standardize = 减均值，除以标准差
layer-grey = 彩色转为灰度
layer-resize = 短边缩放到 { $side }（{ $filter }）
layer-crop = 中心裁剪 { $size }
layer-bgr = 通道顺序改为蓝、绿、红
layer-conv = 卷积 { $window }
layer-conv-channels = 跨 { $count } 个相邻通道的卷积
layer-stride = 步幅 { $stride }
layer-dilation = 空洞率 { $dilation }
layer-groups = { $groups } 组
layer-standardised-weights = 权重标准化
layer-standardised-weights-with-gain = 带增益的权重标准化
layer-linear = 全连接层，{ $features }
layer-batch-norm = BN，{ $channels } 通道
layer-batch-norm-features = BN，{ $features } 个特征
layer-group-norm = 组归一化，{ $channels } 通道分 { $groups } 组
layer-instance-norm = 实例归一化，{ $channels } 通道
layer-instance-norm-plain = 实例归一化，{ $channels } 通道，无可学习参数
layer-evo-norm = EvoNorm-S0，{ $channels } 通道分 { $groups } 组
layer-filter-response-norm = 滤波响应归一化 + TLU，{ $channels } 通道
layer-leaky-relu = leaky ReLU，斜率 { $slope }
layer-prelu = PReLU，{ $count } 个斜率
layer-elu = ELU，alpha { $alpha }
layer-gelu-tanh = GELU（tanh 近似）
layer-hard-swish = hard swish
layer-times-number = 乘以一个数
layer-times = 乘以 { $factor }
layer-plus-number = 加上一个数
layer-max-pool = 最大池化 { $window }
layer-average-pool = 平均池化 { $window }
layer-blur-pool = 模糊池化 { $window }
layer-global-pool = 全局平均池化
layer-average-pool-along = 沿{ $axis }的平均池化
layer-mean-deviation = 沿{ $axis }的均值和标准差
axis-height = 高
axis-width = 宽
layer-add = 主分支 + 捷径
layer-multiply = 特征图 × 门控，逐通道
layer-concat = 拼接 { $count } 张特征图的通道
layer-weighted-sum = { $count } 张特征图的加权和
layer-sum = { $count } 张特征图之和
layer-softmax = 跨 { $count } 张特征图的 softmax，逐通道
layer-zeros-around = 每边补 { $pixels } 像素的零
layer-zeros-at-sides = 补零：上 { $top }，左 { $left }，下 { $bottom }，右 { $right }
layer-every-pixel = 保留每个像素
layer-every-nth-pixel = 沿每边每 { $stride } 个像素取一个
layer-pixels-in-steps = 纵向每 { $height } 个、横向每 { $width } 个像素取一个
layer-zero-channels = 补零到 { $channels } 通道
layer-zero-channels-at-end = 在末尾补零到 { $channels } 通道
layer-no-channels = 没有通道
layer-channels = 通道 { $first } 到 { $last }
layer-pixels-by-channel = { $size } 个像素变成通道，同一通道的相邻
layer-pixels-by-pixel = { $size } 个像素变成通道，同一像素的相邻
layer-channels-to-pixels = 通道变成 { $size } 个像素
layer-flatten = 展平
layer-dropout = dropout，p { $p }

## Shortcuts, in a few words

shortcut-identity = 恒等
shortcut-gate = 恒等，由门控加权
shortcut-projection = 1×1 投影，步幅 { $stride }
shortcut-pooled-projection = 步幅 { $stride } 的平均池化，再 1×1 投影
shortcut-zero-padding = 每 { $stride } 个像素取一个，补零通道
shortcut-pool = 池化，步幅 { $stride }

## Counting rules

rule-conv-fc = 卷积和全连接层的乘加，不计偏置
rule-torch = 卷积和全连接层的每次乘加计 2，不计偏置
rule-fvcore = 乘加；批归一化每个元素计 2，全局池化每个输入元素计 1
rule-ptflops = 乘加、偏置、批归一化；ReLU 和池化模块计两次
rule-ptflops-aten = 卷积和全连接层的乘加，计偏置
rule-thop = 乘加；批归一化每个元素计 4，全局池化每个通道计 k² + 1
rule-torchinfo = 乘加、偏置；批归一化的参数每张图片计一次
rule-convnet-burden = 乘加、偏置、池化、相加；ReLU 每个元素计 2
rule-tf-profiler = 每次乘加计 2，另计偏置、池化和相加
rule-calflops = 每次乘加计 2，批归一化每个元素计 2，ReLU 每个元素计 1，池化每个输入元素计 1
rule-and-sentence = { $rule }：{ $sentence }

## Rows, columns and kinds

row-times = { $count } × { $block }
row-block-and-shortcut = { $block }，捷径：{ $shortcut }
column-operations-share = 运算 %
branch-main = 主分支
branch-shortcut = 捷径
kind-input = 输入
kind-convolution = 卷积
kind-norm = 归一化
kind-activation = 激活函数
kind-pool = 池化
kind-residual = 残差
kind-attention = 注意力
kind-linear = 全连接层
kind-split = 拆分与拼接
trained-imagenet = 只用 ImageNet-1k 训练
trained-imagenet-short = ImageNet-1k
trained-by = 按训练配方 { $tag } 训练
trained-networks = { $count } 个网络
trained-any = 训练数据不限
trained-any-short = 训练数据不限
trained-on-unknown = 训练数据未注明
trained-and-tested = { $data }，测试数据 { $on }

## The sums behind a layer's numbers

formula-field = { $size } 像素，每 { $stride } 像素一格；第 0 格对应像素 { $start } 到 { $end }
formula-sum = { $product } = { $total }
formula-sum-with-biases = { $product } + { $biases } = { $total }
formula-kernels = { $output } 输出 · { $input } 输入 · { $kernel }
formula-kernels-in-groups = { $output } 输出 · { $input } 输入 / { $groups } 组 · { $kernel }
formula-weights = { $output } 输出 · { $input } 输入
formula-shared-by-channels = { $count }，所有通道共用
formula-shared-by-values = 1，所有数值共用
formula-nothing-learned = 无：没有可学习的参数
formula-slopes = { $count } 个斜率
formula-number = 一个数
formula-biases = { $count } 个偏置
formula-gains = { $count } 个增益
formula-operations = { $factor }{ $product } · { $output }
formula-window = { $input } 输入 · { $kernel }
formula-window-in-groups = { $input } 输入 / { $groups } 组 · { $kernel }
formula-inputs = { $input } 输入
formula-channels = { $count } 通道
formula-fixed-weights = { $kernel } 个固定权重
formula-standardize = (x − 均值) / 标准差，均值 { $mean }，标准差 { $std }
formula-scalar = x { $operator } { $number }
formula-add = 主分支 + 捷径，逐元素相加
formula-multiply = 特征图的每个通道乘以它的门控值
formula-weighted-sum = 权重 1 · 图 1 + … + 权重 { $count } · 图 { $count }
formula-sum-of-maps = 图 1 + … + 图 { $count }
formula-softmax = exp(x) / Σ exp(x)，跨 { $count } 张特征图，逐通道
formula-zeros-at-both-ends = x[::stride, ::stride]，新通道补零，前后各一半
formula-zeros-at-end = x[::stride, ::stride]，新通道补零，放在末尾
formula-pixels-by-channel = 每个 { $size } 像素的方块变成通道，同一通道的像素相邻
formula-pixels-by-pixel = 每个 { $size } 像素的方块变成通道，同一像素的通道相邻
formula-channels-to-pixels = { $count } 个通道变成 { $size } 像素的方块
formula-batch-norm = γ · (x − μ) / √(σ² + { $eps }) + β，逐通道；训练时 μ 和 σ² 每次按 { $momentum } 的比例向本批的值靠近
formula-group-norm = γ · (x − μ) / √(σ² + { $eps }) + β；μ 和 σ² 取自一张图片的 { $channels } 个通道，训练和推理相同
formula-instance-norm = γ · (x − μ) / √(σ² + { $eps }) + β，取自一张图片的每个通道，训练和推理相同
formula-instance-norm-plain = (x − μ) / √(σ² + { $eps })，取自一张图片的每个通道，训练和推理相同
formula-evo-norm = γ · x · sigmoid(v·x) / √(σ² + { $eps }) + β；σ² 取自一张图片的 { $channels } 个通道
formula-filter-response-norm = max(γ · x / √(x² 的均值 + { $eps }) + β, τ)，取自一张图片的每个通道
formula-grey = (19595 · 红 + 38470 · 绿 + 7471 · 蓝 + 32768) / 65536，向下取整
formula-resize = 周围像素按 { $filter } 滤波器加权，图片缩得越小滤波器越宽：先沿一个轴，再沿另一个轴，每次取整
formula-crop = 离中心同样远的像素；图外为 0
formula-bgr = 通道倒序后同一位置的像素
formula-max-pool = { $window } 个值中的最大值；填充不参与
formula-average-pool = { $window } 个值的平均，填充按零计入
formula-average-pool-inside = { $window } 窗口内各值的平均，不计填充
formula-blur-pool = 按 { $window } 二项式权重平均；边缘以镜像补齐
formula-global-pool = 每个通道整张特征图的平均
formula-mean-along = 每个通道沿{ $axis }的平均
formula-mean-deviation = 每个通道沿{ $axis }的 μ，全部均值之后是 √(σ² + { $eps })，σ² 为无偏方差

## What differs between two networks

column-difference = 差异
column-output-before = 之前的输出
column-output-after = 之后的输出
mark-same = 相同
mark-follows = 随之变化
mark-moved = 移动
mark-changed = 改变
mark-appeared = 新增
mark-gone = 消失
mark-counted = { $count } 处{ $mark }
compare-same = 层和设置完全相同
compare-headline = { $differences }：{ $costs }
compare-field-in-both = 两者感受野都是 { $field }
compare-fields = 感受野 { $first } → { $second }
compare-strides-moved = { $count } 处步幅移动
compare-blocks-gone = { $count } 个残差块消失
compare-blocks-appeared = 新增 { $count } 个残差块
compare-layers-moved = { $count } 层移动
compare-layers-gone = { $count } 层消失
compare-layers-appeared = 新增 { $count } 层
compare-layers-changed = { $count } 层改变
compare-summary = { $count } 处差异
compare-budget = 预算
compare-budget-cost = 用量
compare-budget-limit = 上限
compare-budget-used = 占比
compare-counted = 按规则 { $rule } 计数，批大小 { $batch }。
compare-levels-help = `--level block` 和 `--level layer` 显示差异在哪里。
change-of-size = { $setting } { $factor }
change-with = 增加{ $setting }
change-without = 去掉{ $setting }
change-of-setting = { $setting } { $old } → { $new }
change-of-stage = { $old } → { $new }
change-of-block = { $stage } 中的 { $block }
change-of-layer = { $layer }：{ $changes }
change-of-input = 输入形状不同
change-moved-layer = { $layer } 从 { $from } 之后移到 { $to } 之后
change-beginning = 开头
change-moved-stride = 步幅 { $stride } 从 { $from } 移到 { $to }
change-swapped-strides = { $one } 和 { $other } 的步幅 { $first }、{ $second } 互换
change-module = { $module }（{ $count } 层）
change-run = { $first } … { $last }（{ $count } 层）
setting-channels = 通道数
setting-shorter-side = 短边
setting-filter = 滤波器
setting-divisor = 除数
label-std = 标准差
setting-channels-out = 输出通道
setting-groups = 组数
setting-bias = 偏置
setting-gain = 每个通道的增益
setting-factor = 系数
setting-momentum = 动量
setting-eps = eps
setting-scale-and-shift = 缩放和平移
setting-padding-counted = 填充的零计入平均
setting-axis = 轴
setting-padding-after = 下方和右侧的填充
setting-keeps-size = 保持大小
setting-zeros = 补零
setting-at-the-end = 在末尾
setting-block = 方块
setting-by-channel = 同一通道的像素相邻
setting-p = p
setting-inputs = 输入数
setting-radix = radix
setting-outputs = 输出数
setting-last-step = 末尾不足一个步幅的部分

## One value explained

value-sees-pixel = 看到图片的一个像素：第 { $row } 行、第 { $column } 列（图片 { $size }）
value-sees = 看到图片的第 { $rows } 行、第 { $columns } 列：{ $part } 像素，图片共 { $size } 像素
value-not-finite = = { $computed }  ✗ 前向传播的结果是 { $value }，不是有限的数
value-exact = = { $computed }  { $sign } 前向传播的结果是 { $value }：完全相等
value-apart = = { $computed }  { $sign } 前向传播的结果是 { $value }：相差 { $difference }，容许 { $tolerance }
value-of-image = 图片的像素值
value-in-all = 合计 { $sum }，{ $how }
value-rounded = 取整
value-rounded-columns-first = 先沿列取整，再沿行取整
value-rounded-rows-first = 先沿行取整，再沿列取整
value-largest = { $size } 个值中的最大值
value-unbiased = μ = { $mean }，σ² = { $variance }，取 { $count } 个值，除以个数减一
value-rms = max(γ · x / √(x² 的均值 + ε) + β, τ)
value-main-path = 主分支
value-zeroed = { $path }，已置零
value-times-gate = 数值 × 通道 { $channel } 的门控值
value-softmax = exp(x) / Σ exp(x)，跨各张特征图
value-copied = 取自 { $path }，{ $cell }
value-zeroed-channel = 这个通道已置零
value-no-such-channel = 捷径没有这个通道：用零补齐
value-in-padding = 位于填充中
value-outside-image = 位于图片之外
value-running-statistics = μ 和 σ² 是训练时存下的移动统计量
value-batch-statistics = μ 和 σ² 取自本批：该通道的 { $count } 个值
value-group-statistics = μ 和 σ² 取自这张图片：该组的 { $count } 个值
value-products = { $product } = { $count } 个乘积
value-products-in-padding = { $product } = { $count } 个乘积，其中 { $zeros } 个在填充中，为零
value-row = 行
value-column = 列
value-weight = 权重
value-so-far = 累计
value-more-products = 其余 { $count } 个乘积
value-input-channel = 输入通道 { $channel }
value-input-channel-most = 输入通道 { $channel } 贡献最大：{ $sum }
value-times-weight = × 权重
value-is-product = = 乘积

## Maps of a pass

maps-main-path = 主分支，{ $path }
maps-shortcut = 捷径，{ $path }
maps-output-before = 修改前的输出
maps-residual = 主分支 F(x)
maps-identity = 捷径 x
maps-sum = 和 F(x) + x
maps-sum-before = 修改前的和
maps-zeroed = 已切断：全为零
maps-range = { $low } 到 { $high }
maps-one-scale = +{ $end }  三幅图用同一色标
maps-sum-of-cell = { $cell }：{ $sum }（{ $key } 看计算过程）
maps-output-inference = 推理模式的输出
maps-output-training = 训练模式的输出

## Published figures

figure-flops = FLOPs，2 × 计数
figure-without-head = 不含分类头
figure-biases = 含卷积偏置
figure-statistics = 含移动统计量
figure-fvcore-training = 训练模式下的模型
figure-mmcv = 激活和池化各计一次，与 mmcv 和早期 ptflops 相同
figure-imgclsmob = 操作数的一半，计入 BN、ReLU 和池化：imgclsmob 的 FLOPs/2
figure-thop-2019 = 2019 年的 thop 0.0.22，用单精度
figure-keras = Keras 的总数：含卷积偏置和移动统计量
explain-no-number = `{ $text }` 不是这个命令能识别的数；请写成 4.11G、25.6M、"8.2 GFLOPs"、"25.6M params" 或 25557032
explain-parameters = 参数量
explain-count = 运算量（规则 { $rule }）
explain-with-note = { $what }（{ $note }）
explain-net = 网络
explain-note = 备注
explain-error = 误差
explain-near = 接近

## The lab of a batch normalisation

lab-title = { $path }  批大小 { $size }，通道 { $channel }，共 { $channels } 个
lab-numbers = μ = { $mean }，σ² = { $biased }（除以 n），{ $unbiased }（除以 n − 1），n = { $count }，ε = { $eps }，γ = { $gamma }，β = { $beta }
lab-inference = 推理，用移动统计量 μ = { $mean }、σ² = { $variance }：y = { $y }
lab-values = 归一化前后：只固定均值和方差，分布的形状不变
lab-y-training = y，训练
lab-y-inference = y，推理
lab-running = 该通道的移动统计量，新 = { $kept }·旧 + { $momentum }·本批（Keras 把 { $kept } 叫作动量）：
lab-unbiased = σ²（除以 n − 1）
lab-from-zero = 从 0 起：均值
lab-from-one = 从 1 起：方差
lab-stored-mean = 已存：均值
lab-stored-variance = 已存：方差
lab-first-value = 第一个值的 y
lab-not-measured = 这里不测量：前向传播到这一层耗时较长。可用 `run <名称> --train --bn <路径>` 测量。
lab-company = 同一个值在不同的批中归一化结果不同；推理结果与同批其他图片无关。
lab-distances = 不同批大小的统计量与已存统计量的差距（所有通道）：
lab-variance = x̂ 的方差 = σ² / (σ² + ε)
lab-constant = 常数输入的 σ² = 0：x̂ = 0 / √ε = 0，每个 y 都是 β = { $beta }。没有 ε 就是 0 / 0。
lab-epsilon-effect = ε 使常数输入不会出现 0 / 0；σ² 小时影响明显。
lab-epsilon = ε 的作用
lab-one-value = 这里一张图片每个通道只有一个值，算不出方差：训练不接受批大小 1。
lab-batch-of-one = 批大小 1 用自己的 { $count } 个值归一化：无论内容是什么，每张图片都变成均值 0、方差 1。
lab-momentum = PyTorch 的动量 { $momentum } 是新批的占比；Keras 的动量是旧值的占比：{ $kept }。Keras 默认 0.99，相当于 PyTorch 的 0.01。
lab-what-is-left = { $batches } 批之后，初值还剩 { $left } %；动量为 0.01 时还剩 { $slow } %。
lab-two-variances = 归一化用除以 n 的 σ²，存下的是除以 n − 1 的：前者是这一批自己的方差，后者是对数据方差的估计。
lab-rights = 答对的张数，按统计量：
lab-rights-alone = 每张图片自己的：{ $of } 张中 { $right } 张
lab-rights-running = 移动统计量：{ $of } 张中 { $right } 张
lab-rights-together = { $of } 张合成一批：{ $of } 张中 { $right } 张
lab-rights-which = 用哪种统计量？
lab-rights-key = 按 { $key }：分别用自己的、移动的、整批的统计量，数答对多少
lab-rights-none = 这个网络没有带标签的样本可数。
lab-film-axis = 同一坐标轴，占比 %
lab-film-map = { $name } { $low } 到 { $high }
lab-film-scale = 第 1 张
lab-film-batches = 每批的均值
lab-film-from-zero = 移动，从 0
lab-film-stored = 从存储值
lab-film-eps = ε = { $eps }：x̂ 的方差 = { $variance }（{ $smaller } { $larger }）
lab-remarks = 批大小 1，以及动量

## The commands stats, list, table and compare

stats-output = → { $shape }，批大小 { $batch }
stats-parameters = { $count }；另有 { $statistics } 个移动统计量
stats-by-rule = { $count }，规则 { $rule }：{ $sentence }
stats-flops-as-counted = 按这条规则计
stats-flops-of-count = { $count }，{ $factor } × { $unit }
stats-activations = 卷积和全连接层输出的元素
stats-depth = 主分支上的卷积 + 全连接层
stats-field-pixels = 像素，最后一张特征图
stats-memory-parts = 为权重；激活在推理时最多 { $inference }，训练时保留 { $training }（f32）
stats-top1 = { $weights } 的 top-1，{ $size } 像素，训练数据 { $data }
stats-best-top1 = 最高 { $share } %：{ $weights }，{ $size } 像素，训练数据 { $data }
stats-published = 共公布 { $count } 个
stats-no-accuracy = 没有已知的训练权重的准确率
stats-tested-on = 测试数据 { $images }
stats-source = 来源 { $source }
stats-plain-net = 没有残差块带捷径：普通网络（plain net）
stats-no-projection = 没有投影捷径
stats-projections = { $blocks } 条捷径中有 { $count } 条是投影捷径
stats-idle-projections = { $blocks } 条捷径中有 { $count } 条是投影捷径，其中 { $idle } 条用恒等捷径即可
stats-no-shortcut = { $blocks } 个块中有 { $count } 个没有捷径
stats-stride-in-spatial = 瓶颈块的步幅在 3×3（v1.5）
stats-stride-in-first = 瓶颈块的步幅在第一个 1×1（v1）
stats-before-fault = 到 { $path } 为止，它违反规则；合计只含它之前的层：
list-no-family = 没有系列的名称含有 `{ $family }`；`list --families` 列出系列
list-no-network = 没有网络的名称、标题、别名、系列、简介或论文含有 `{ $text }`
list-broken-family = 有错误的网络定义
list-sorted = { $count } 个网络，按 { $key } 排序；乘加按规则 conv+fc，一张图片。
list-in-families = { $families } 个系列共 { $count } 个网络；乘加按规则 conv+fc，一张图片。
list-top1-imagenet = top1：只用 ImageNet-1k 训练的权重公布的准确率（%），取此输入大小（或 @ 之后的大小）上的最好值；`--accuracy all` 比较全部。
list-top1-by = top1：按训练配方 { $tag } 训练的权重公布的准确率（%），取此输入大小（或 @ 之后的大小）。
list-top1-any = top1：公布的准确率（%），取已知权重在此输入大小（或 @ 之后的大小）上的最好值；+ 表示训练数据不只是 ImageNet-1k，或未注明。
list-built-in = 内置训练好的权重：{ $names }。
list-fewest-params = 参数最少
list-most-params = 参数最多
list-fewest-macs = 乘加最少
list-most-macs = 乘加最多
table-note = { $title }：{ $unit }按规则 { $rule }（{ $sentence }），批大小 { $batch }；感受野以像素计。
table-images = 图片：{ $steps }。
compare-accuracy = top-1 准确率，{ $data }：{ $a } → { $b }
compare-accuracy-of = { $share } %（{ $weights }，{ $size }）
compare-note = { $unit }按规则 { $rule }（{ $sentence }），批大小 { $batch }；感受野取最后一张特征图，以像素计。

## Exports: figures, pages and documents

figure-dot-heading = { $title }：{ $parameters } 参数，{ $operations } { $unit }（规则 { $rule }）
figure-svg-heading = { $parameters } 参数 · { $operations } { $unit }（规则 { $rule }）· 输入 { $shape }
figure-volumes = { $parameters } 参数 · { $operations } { $unit } · 每块一片：高度为特征图边长的 0.6 次方，厚度为通道数的对数
figure-legend = 图例
figure-identity-shortcut = 恒等捷径
figure-shortcut-with-layers = 带层的捷径
figure-costs = { $parameters } 参数 · { $operations } { $unit }
figure-shortcut = 捷径：{ $shortcut }
figure-batch-norm = { $name }：BN
figure-output = 输出 { $output }
figure-parameters = { $count } 参数
figure-again = 来自 { $path }
figure-from-to = { $quantity }的 { $from } 到 { $to }
figure-time-from-to = { $from } 到 { $to } 毫秒
figure-machine = { $runs } 次运行的中位数，{ $threads } 个线程，{ $kernels }，{ $machine }
figure-caption = { $title }：{ $parameters } 参数，{ $operations } { $unit }（计数规则 { $rule }，输入 { $shape }）。
figure-caption-opened = 每个阶段一张卡片，×N 是残差块的个数；展开的残差块：{ $blocks }。
figure-caption-alone = 版面有限，未画各阶段；展开的残差块：{ $blocks }。
figure-caption-left-out = 另有 { $count } 种残差块放不下，没有展开。
figure-caption-lines = 虚线是恒等捷径，实线是带层的捷径。
figure-caption-he-lines = 实线是恒等捷径，虚线是带层的捷径。
figure-citation = { $authors }：{ $title }，{ $year }。{ $url }
figure-no-block = 没有残差块 `{ $path }`；第一个是 `{ $first }`
figure-no-block-near = 没有残差块 `{ $path }`；是不是 `{ $near }`？
figure-does-not-fit = 文字为 { $size } 磅时，图放不进 { $width } × { $height } 磅：仅 `{ $block }` 就需要 { $needed } 磅宽；请用 --block 展开较窄的残差块，或设置 --width、--font-size
figure-font-lacks = 图中有内置字体缺少的字符：{ $characters }；--to svg 会交给阅读者的字体显示
figure-tikz-lacks = 图中有 `pdflatex` 不认识的字符：{ $characters }；--to svg 和 --to pdf 能写出更多字符
document-totals = { $parameters } 参数，{ $operations } { $unit }（规则 { $rule }，批大小 { $batch }），深度 { $depth }。
points-title-with-data = { $count } 个网络：公布的 top-1 准确率与{ $cost }，{ $data }
points-point = { $title }：{ $share } %，训练数据 { $data }，{ $cost } { $what }
points-axis-macs = 一张图片的乘加次数（对数）
points-axis-params = 可学习参数（对数）
points-axis-imagenet = ImageNet-1k 上的 top-1 准确率，%（错误率取对数）
points-axis-by = 按训练配方 { $tag } 训练的权重的 top-1 准确率（%）（错误率取对数）
points-axis-any = top-1 准确率，%（错误率取对数）
points-other-families = 其他系列
html-line = { $parameters } 参数 · { $operations } { $unit }（规则 { $rule }）· 批大小 { $batch }
html-tools = 工具
html-smaller = 缩小
html-larger = 放大
html-turn = 换方向
html-theme = 浅色 / 深色
html-search-example = 搜索：卷积 步幅 2
html-keys = 按键：/ 搜索，Enter 下一个匹配 · f 全图 · 1 2 3 展开 · + − 0 大小 · j k 后一层、前一层
html-diagram = 网络图
html-nothing-chosen = 没有选中的层
html-choose = 点击图中的一层或表中的一行。
html-comparison = 比较
html-kind = 种类
html-all-kinds = 所有种类
html-class = 类
html-does = 作用
html-weights = 权重，字节
html-peak = 激活峰值，字节
label-none = 无
html-not-there = 不存在
html-fit = 全图
html-previous = 上一个匹配
html-next = 下一个匹配
html-hits = { $at } / { $all }
html-details = 层
html-close = 关闭
html-fault = 问题
html-count = { $all } 层中的 { $shown } 层，{ $params } 参数，{ $macs }
label-scalar = 标量

## The explorer: panes

tab-stats = 概览
tab-layers = 层
tab-graph = 图
tab-checks = 检查
tab-spec = 定义
tab-weights = 权重
level-stages = 阶段
level-blocks = 残差块
level-layers = 层
pane-seen = { $first }–{ $last } / { $all }
pane-place = { $at } / { $of }
pane-too-small = 终端大小为 { $size }。
pane-least-size = 至少需要 { $size }。
pane-enlarge = 请放大窗口，或按 q 退出。
title-compare-with = 与之比较
title-params = { $count } 参数
title-operations = { $count } { $unit }
title-depth = 深度 { $depth }
title-compared = 输入 { $sizes } · 批大小 { $batch } · 规则 { $rule }
title-checks-of = { $title } 的检查
checks-no-problems = 没有发现问题。
label-batch-of = 批大小 { $count }
total-by-rule = 合计，规则 { $rule }
layers-found = { $all } 层中有 { $count } 层含“{ $filter }”，Esc 显示全部
layers-ranked = 按{ $column }排序
layers-ranked-short = 按{ $column }
layers-hidden = 未显示：{ $columns }
layers-hidden-short = { $count } 列未显示
notice-no-columns = 那个方向没有更多的列
detail-on-main-path = { $layer }，在主分支上
detail-on-shortcut = { $layer }，在捷径上
detail-equal-blocks = { $name } · { $count } 个相同的残差块
detail-tensor = { $path } { $shape }
detail-statistic = { $path } { $shape }，移动统计量
detail-counter = { $path } { $shape }，计数器
detail-share = { $count }，占全部 { $share }
detail-large-share = { $count }（{ $short }），占全部 { $share }
detail-layers = 层数
detail-field-of-one = 输出处 1 像素
detail-field = 输出处 { $size } 像素
graph-layer = { $name }  { $summary }
graph-answers = { $before } → { $now }
graph-answer-flips = 答案变了
graph-answer-stays = 答案没变
graph-gate = × 门控
graph-batch-norm = BN
find-strided = 卷积 3×3 步幅 2
find-strided-hint = 下采样
find-pointwise = 卷积 1×1
find-pointwise-hint = 逐点卷积
find-norm = BN
find-norm-hint = 归一化
find-shortcut-hint = 捷径上的所有层
find-parent = 继承自
sort-reversed = { $key } 倒序
sort-tree = 按系列，树形
sort-names = 从 a 到 z
sort-names-reversed = 从 z 到 a
sort-oldest = 最早的在前
sort-newest = 最新的在前
sort-most-accurate = 公布的准确率最高的在前
sort-least-accurate = 公布的准确率最低的在前
sort-smallest = 最小的在前
sort-largest = 最大的在前
files-weights = 权重文件（{ $endings }）
files-image = 图片文件（{ $endings }）
files-data = 用来训练的图片文件夹
files-here = 这个文件夹
find-folder = 选择文件夹……
preview-data = { $count } 张图片，{ $classes } 个类别
files-network = 打开网络定义、权重文件或要分类的图片
preview-reading = 正在读取……
preview-image = 图片，{ $size } 像素
preview-checkpoint = { $source }：{ $tensors } 个张量，{ $values } 个数值
preview-network = 网络：{ $title }
preview-counts = { $params } 个参数 · { $operations } { $unit } · 深度 { $depth } · { $layers } 层
preview-problems = { $errors ->
        [0] 没有错误
       *[other] { $errors } 个错误
    }，{ $warnings ->
        [0] 没有警告
       *[other] { $warnings } 个警告
    }：见检查视图
chooser-trained = 训练好的
chooser-untrained = 未训练（种子 { $seed }）
chooser-noise = 噪声（种子 { $seed }）
chooser-typed = 键入的
chooser-file = 文件
chooser-type-weights = 权重文件、标签或 synthetic:种子
chooser-type-input = synthetic:种子 或图片文件
chooser-keys = ● 为选中 · { $other } 换列表 · { $accept } 或点击此处
chooser-type = 文件或标签 …
chooser-type-form = 按 Enter 后键入
chooser-initial = 随机初值
chooser-here = { $top1 } % · { $size } px
chooser-here-unrated = { $size } px
chooser-elsewhere = { $size } MB，{ $licence }，不在本机
chooser-elsewhere-short = { $size } MB，{ $licence }
chooser-about = { $library }，{ $licence }；短边缩放到 { $side }（{ $filter }），中心裁剪 { $size }×{ $size }
chooser-fetch-first = 不在本机：用 resnet-explore weights fetch { $name } 下载
chooser-picture-in-folder = 当前文件夹中的图片
source-published = { $name }（{ $place }）
source-in-own = 自己的文件夹
source-in-torch = torch hub 缓存
source-in-hub = Hugging Face 缓存
chooser-fetch = { $name } 不在本机：按 Enter 下载
notice-fetch-begins = 正在下载 { $name }；在同一行再按 Enter 停止
notice-fetch = { $name }：{ $stage }
notice-fetch-left = { $name }：{ $stage }，{ $share }，还需 { $seconds } 秒
notice-fetches-other = 正在下载 { $name }；选中它所在的行可停止
notice-fetched = { $name } 已在本机：{ $file }
weights-pane-idle = 尚未选择权重。按 w 选择。
weights-pane-reading = 正在读取张量 …
weights-pane-choose = 要查看的权重
weights-pane-beside = 与之比较的权重
weights-pane-file = 文件 …
weights-pane-pair = { $first } → { $second }：{ $changed } 个不同，{ $equal } 个相同
weights-pane-equal = 相同
weights-pane-alone = 仅一方有
weights-pane-kernels = { $count } 个卷积核，按 { $key } 放大
weights-pane-kernels-seen = { $name }：第 { $first } 至 { $last } 个卷积核，共 { $count } 个
catalogue-search = 搜索
catalogue-counting = 正在统计 { $done }/{ $all }
catalogue-found = { $all } 个网络中的 { $count } 个，Esc 显示全部
catalogue-any-data-short = top-1：训练数据不限
catalogue-networks = { $count } 个网络
catalogue-sorted = { $count } 个网络，按 { $key } 排序
catalogue-sorted-reversed = { $count } 个网络，按 { $key } 倒序
catalogue-any-data = 准确率：训练数据不限
catalogue-marked = c 比较 { $first } 和另一个网络
catalogue-nothing-found = 没有这个名称；Enter 在命令中搜索，Esc 显示全部网络
catalogue-badge = ★ 内置训练好的权重
catalogue-range = { $least } 到 { $most }
about-built-in = ★ 内置训练好的权重和样本
about-not-built-in = 没有内置：用随机权重或你的文件运行
about-accuracy = 公布的 top-1 { $share } %（{ $weights }，{ $size }），训练数据 { $data }
about-others-accuracy = 没有只用 ImageNet-1k 训练的权重的准确率；w 显示其他
about-no-accuracy = 已知的权重没有公布的准确率
points-none = 这里的网络都没有公布的准确率；Esc 显示全部
points-title = { $count } 个网络：公布的 top-1 准确率与{ $cost }
points-title-short = { $count } 个网络：top-1 与{ $cost }
points-missing = { $count } 个没有准确率，未画出
points-missing-short = { $count } 个未画出
compare-no-difference = 没有差异
compare-differences = { $count } 处差异，n 到下一处
compare-at = { $what }，在 { $place }
compare-at-places = { $what }，在 { $place }，另有 { $count } 处
compare-more = …… 还有 { $count }
compare-only-differences = 只看差异
compare-what-changed = 改了什么
compare-nothing-differs = 两者相同；d 显示全部行
compare-selected = 选中的行
compare-has-none = 没有
compare-cost-operations = { $count } { $unit }
compare-cost-parameters = 参数量 { $count }
compare-cost-activations = 激活量 { $count }
compare-cost-field = 感受野 { $count }
compare-cost-none = 相同
compare-change-and-cost = { $what }：{ $cost }
picker-tree = 不排序：树形
picker-path = 在 state_dict 中的路径
picker-paper-name = 阶段在论文中的名称
picker-params-share = 参数占比，%
picker-field = 感受野（RF）
picker-summary = 作用
picker-input = 输入形状
picker-output = 输出形状
picker-saved = 训练时保留的字节
picker-buffers = 移动统计量（缓冲量）
spec-parent = { $name }，被 { $child } 继承
spec-child = { $name }，继承 { $parents }
form-csv-statistics = CSV，每层的统计
form-markdown-statistics = Markdown，每层的统计
form-csv = CSV，完整的数字
form-markdown = Markdown
form-dot = Graphviz（DOT）
form-figure-pdf = 论文插图，PDF
form-figure-svg = README 插图，SVG
form-dot-not-of-points = Graphviz（DOT）：不能画散点图
form-svg = SVG
form-svg-points = SVG，带名称的散点图
form-toml = TOML，原样的网络定义
form-png = PNG，这一层的全部特征图
lab-heading = { $path }：{ $count } 张图片，通道 { $channel }
lab-heading-constant = { $path }：{ $count } 张图片，通道 { $channel }，全为常数

## The explorer: a forward pass

pass-changes = 已修改：{ $changes }
pass-changing = 正在计算修改：{ $changes }
pass-changing-back = 正在计算未修改的前向传播
pass-computing = 正在计算……
pass-weights = 权重 { $weights }
pass-input-of = 输入 { $input }
pass-input-and-class = { $input }，{ $class }
pass-pixels = 每个值一个像素
pass-channel = 通道 { $channel }
pass-channels = 通道 { $channels }
pass-input = 输入 { $source }
pass-output = 输出
pass-output-now = 现在的输出
pass-mean = 均值 { $value }
pass-std = 标准差 { $value }
pass-min = 最小 { $value }
pass-max = 最大 { $value }
pass-zeros = { $share } 为零
pass-dead = { $count } 个失活
pass-changed-by = 改变了 { $share }
pass-not-finite = { $count } 个非有限
pass-spec-has-errors = 这个网络定义有错误，不能构成可运行的网络：见“检查”。
pass-at-fault = 这个网络有错误，只能运行到标有 ✗ 的层；“检查”中有修正方法。
pass-idle = 用一张图片做前向传播，看每一层的输出。
pass-choose = { $choose } 或 { $accept }：选择权重和输入
pass-choose-others = { $choose }：选择别的权重或输入
pass-running = 正在运行……
pass-nothing-yet = 还没有运行。
pass-key-next = { $next }  运行下一层，{ $back } 后退一层
pass-key-all = { $key }  全部运行
pass-key-choose = { $key }  选择其他权重或输入
pass-in-colour = 彩色
pass-kernels = 卷积核：{ $count } 个中的 { $shown } 个，大小 { $size }
pass-random = 随机权重：这里没有学到任何东西；{ $key } 可选训练好的权重
pass-random-only = 随机权重：这里没有学到任何东西；{ $network } 有训练好的权重
random-weights = 随机权重
notice-run-keys = { $step } 运行下一层，{ $all } 运行全部
pass-key-up-to = { $key }  运行到选中的层
pass-left = 还需 { $time }
pass-program-error = 运行因程序的缺陷而中止
job-program-error = 这项工作因程序的缺陷而中止
value-channel-of = 通道 { $channel }，共 { $shape }
value-seen-part = 它看到的图片部分
value-how = 计算过程
norm-scale = 缩放 γ
norm-shift = 平移 β
norm-running-mean = 移动 μ
norm-running-variance = 移动 σ²
norm-batch-mean = 本批 μ
norm-batch-variance = 本批 σ²
norm-output-mean = 输出 μ
norm-output-variance = 输出 σ²
norm-channel = 通道 { $channel }：γ { $gamma }，β { $beta }
norm-by = 依据
timeline-time = 每层用时
timeline-change = 每层输出的变化
timeline-several = { $what }，每条 { $count } 层
timeline-longest = 最久 { $path } { $value }
timeline-largest = 最大 { $path } { $value }
timeline-all = 共 { $time }
guess-likeliest = 最可能
guess-before = 之前 { $guess }
label-class = 类别 { $number }
guess-classes = 最可能的 { $count } 个类别
guess-was = 之前 { $share }
guess-truth = 真实标签：{ $class }
guess-no-names = 类别没有名称
guess-no-truth = 真实标签：未知
guess-before-change = 修改之前：{ $class }
change-at-fault = { $path } 有错误，不能运行：只能修改它之前的层
change-after-fault = { $path } 在出错的 { $fault } 之后，不能运行：只能修改 { $fault } 之前的层
change-addition-at-fault = 这个残差块的相加 { $path } 有错误：两个分支都不能置零
prepare-form = 请输入其中任意几项：mean 0.485 0.456 0.406、std 0.5、resize 232、crop 288、bicubic、bgr、rgb、reset
prepare-unknown = 不认识 `{ $word }`；请输入其中任意几项：mean 0.485 0.456 0.406、std 0.5、resize 232、crop 288、bicubic、bgr、rgb、reset
prepare-pixels = { $key } 后面是 1 到 { $limit } 的像素数
prepare-numbers = { $key } 后面是数，每个通道一个，或所有通道一个
prepare-std = std 必须大于 0：数值要除以它
prepare-filters = 滤波器有 bilinear、bicubic 和 nearest
prepare-of-noise = 输入是噪声，不是图片：按 w 选择图片
prepare-no-mean = 这个网络不做标准化：网络定义没有 mean 和 std
prepare-no-resize = 这张图片不缩放：它与网络的输入一样大，或网络定义没有写边长
prepare-no-crop = 这张图片不裁剪：它与网络的输入一样大
prepare-one-channel = 这张图片只有一个通道：没有通道顺序
prepare-other-count = { $key } 给了 { $count } 个数，而有 { $channels } 个通道；请每个通道给一个，或所有通道给一个
prepare-now = 当前
prepare-range = 数值在 −1 到 1
prepare-other-side = 另一个边长和滤波器
prepare-order = 蓝色在前；rgb 恢复红色在前
prepare-reset = 恢复网络定义的设置
prepare-black-border = 裁剪 { $crop } 大于图片 { $size }：四周补黑

## The explorer: more notices

notice-no-size = `{ $text }` 不是大小：请输入 224，或高和宽如 320x224
notice-batch-range = 一批有 1 到 { $limit } 张图片
notice-classes-range = 类别数可以是 1 到 { $limit }
notice-file-has-error = 文件有错误：请先修正
notice-counted = { $count } { $unit }，规则 { $rule }，批大小 { $batch }
notice-cannot-be-built = 这样无法构成网络：见“检查”
notice-full-speed = 全速运行
notice-pause = 每层停 { $seconds } 秒
notice-no-accuracy = 这里的网络都没有公布的准确率
notice-accuracies = 准确率：{ $data }
notice-sort-first = 先选择排序的数值，再颠倒顺序
notice-compares = c 比较 { $first } 和 { $second }
notice-marked = 已标记 { $first }；再标记一个，或选中后按 c
notice-no-network-there = 那个方向没有网络
notice-mark-two = 先标记两个网络，或标记一个再选中另一个
notice-only-differences = 只看差异
notice-all-rows = 全部行
notice-no-difference-below = 下面没有差异
notice-no-difference-above = 上面没有差异
notice-no-such-row = 这个网络没有这一行
notice-nothing-paired = 残差块中的层在另一个网络都没有对应：只有 stem 和分类头并排
notice-wrote = 已写入 { $file }
notice-copied = 已复制 { $text }
notice-points-no-graph = Graphviz 画不了散点图：请选 SVG 或 CSV
notice-nothing-run = 还没有运行过
notice-nothing-to-write = 还没有运行过，没有可以写入文件的
notice-reloaded = 已重新读取 { $file }
notice-written-in = 这一行写在 { $place }
notice-no-line = 这个问题不对应文件中的某一行
notice-colours = 配色：{ $scheme }
scheme-dark = 深色
scheme-light = 浅色
scheme-contrast = 高对比
scheme-mono = 无颜色
notice-fixed = 已在 { $file } 中修正：{ $what }

## Labels, in tables and details

label-operations = 运算
label-changed = 改变
label-costs = 代价
label-product = 乘积
label-rounded = 四舍五入
label-cut = 截断
label-time = 用时
label-inference = 推理
label-training = 训练
label-shape = 形状
label-mean = 均值
label-min = 最小
label-max = 最大
label-feeds = 汇入
label-read-by = 输出送往
layers-misfit = 主分支 { $main }，捷径 { $shortcut }
label-height = 高度
label-width = 宽度
label-computes = 计算
label-written-in = 写在
label-name = 名称
label-title = 标题
label-family = 系列
label-networks = 网络数
label-years = 年份
label-macs = 乘加
label-values = 数值
label-variance = 方差
label-skewness = 偏度
label-kurtosis = 峰度
label-histogram = 直方图
label-batch = 批
label-pictures = 图片数
label-difference = 差
heading-before = 之前
heading-after = 之后
heading-change = 变化
label-classes = 类别
label-value = 数值
label-fit = 符合
label-quoted-as = 写作
label-crop = 裁剪
label-interpolation = 插值
label-known-weights = 已知权重
label-mark = 标记
label-rule = 规则
label-batches = 批次
label-channel = 通道

## Words that are another thing at the head of a column

heading-where = 位置

## Keys: a sentence for the help and the list of commands; .short is the word in the footer

key-lists-up = 上移
key-lists-down = 下移
key-lists-page-up = 上翻一页
key-lists-page-down = 下翻一页
key-lists-first = 到第一行
key-lists-last = 到最后一行

key-catalogue-accept = 打开网络；在系列上则展开或折叠
    .short = 打开
key-catalogue-search = 按名称、标题、系列或论文搜索
    .short = 搜索
key-catalogue-find-file = 打开网络定义、权重文件或要分类的图片
    .short = 打开文件
key-catalogue-lessons = 选择课程
    .short = 课程
key-catalogue-plot = 网络散点图：准确率对代价
    .short = 散点图
key-catalogue-turn-trained = 准确率：只用 ImageNet-1k 训练的权重，或训练数据不限
key-catalogue-pick-trained = 按训练数据或训练配方选择要显示准确率的权重
key-catalogue-mark = 标记或取消标记，用于比较
    .short = 标记
key-catalogue-compare = 比较两个做了标记的网络，或把标记的与这个比较
    .short = 比较
key-catalogue-pick-sort = 按数值排序，或恢复按系列
    .short = 排序
key-catalogue-next-column = 向后滚动一列
key-catalogue-previous-column = 向前滚动一列
key-catalogue-turn-sort = 颠倒顺序

key-scatter-accept = 打开选中的网络
    .short = 打开
key-scatter-to-left = 到左边最近的点
    .short = 移动
key-scatter-to-right = 到右边最近的点
key-scatter-to-up = 到上方最近的点
key-scatter-to-down = 到下方最近的点
key-scatter-dearer = 到代价更高的下一个网络
key-scatter-cheaper = 到代价更低的下一个网络
key-scatter-turn-axis = 横轴为乘加或参数
    .short = 换横轴
key-scatter-turn-trained = 准确率：只用 ImageNet-1k 训练的权重，或训练数据不限
key-scatter-pick-trained = 按训练数据或训练配方选择要显示准确率的权重
key-scatter-plot = 回到列表
    .short = 列表
key-scatter-back = 搜索之后显示全部网络，否则回到列表
    .short = 列表
key-scatter-search = 按名称、标题、系列或论文搜索
    .short = 搜索
key-scatter-mark = 标记或取消标记，用于比较
    .short = 标记
key-scatter-compare = 比较两个做了标记的网络，或把标记的与这个比较
    .short = 比较

key-search-accept = 打开选中的网络；在散点图中保留找到的
    .short = 打开
key-search-back = 结束搜索，显示全部网络
    .short = 全部网络
key-search-erase = 删除最后一个字符
key-search-up = 上移
key-search-down = 下移

key-stats-accept = 查看各层
    .short = 各层
key-stats-turn-axis = 换横轴：乘加次数或参数量
    .short = 换横轴
overview-size = 规模
overview-size-among = 规模（在 { $count } 个网络中）
overview-size-batch = 规模（批大小 { $batch }）
overview-rank = 超过 { $share }
overview-top1 = top-1
overview-weights = 权重
overview-inference = 推理
overview-training = 训练
overview-memory = 内存：权重与激活（f32）
overview-memory-of = 内存（本机可用 { $free }）
overview-since-save = 上次保存以来的改动
overview-against-parent = 与父网络 { $parent } 的差别
overview-at-fault = ✗ { $path } 违反规则：数字按本意计算
overview-among = top-1 与{ $cost }
overview-surveying = 正在统计其他网络……
overview-point = ◆ { $title }：{ $top1 } %
overview-no-accuracy = ◆ { $title } 的开销；准确率未知
overview-times = 前向传播中最慢的层
overview-no-pass = 还没有运行前向传播
key-layers-accept = 展开或折叠；在层上则查看详情
key-layers-detail = 转到详情栏
    .short = 详情
key-layers-switch-bars = 条形图显示乘加次数或参数量
    .short = 条形
key-layers-switch-numbers = 数字完整显示，或以千、百万等为单位
key-layers-next-column = 滚动到下一个放不下的列
key-layers-previous-column = 往回滚动一列
key-layers-pick-columns = 选择列
    .short = 列
key-layers-pick-ranking = 按某个数值给层排序，或恢复树形
    .short = 排序
key-layers-filter = 只显示含有某些词的层，例如 卷积 3×3 步幅 2
    .short = 筛选
key-layers-copy = 把选中行的一格复制到剪贴板

key-detail-detail = 回到表格
    .short = 表格

key-graph-zoom-in = 放大：阶段、残差块、层
    .short = 放大
key-graph-zoom-out = 缩小：层、残差块、阶段
    .short = 缩小
key-graph-branch-right = 到右边的分支
key-graph-branch-left = 到左边的分支
key-graph-follow = 沿离开主分支的边走：从残差块的开头到相加处
    .short = 沿边走
key-graph-follow-back = 沿汇入主分支的边返回
key-graph-step = 运行下一层
    .short = 下一层
key-graph-step-back = 后退一层
key-graph-run-all = 运行到最后
    .short = 全部运行
key-graph-cut = 切断选中的分支（在相加处则切断捷径），再按接回，看答案怎样变
    .short = 切断
key-graph-rewind = 回到起点
key-graph-show-answer = 显示演示模式隐藏的答案
key-graph-next-map = 方框里显示下一个通道
key-graph-previous-map = 方框里显示上一个通道
key-graph-slower = 放慢，每层停一下
key-graph-faster = 加快
key-graph-pan-up = 向上滚动
key-graph-pan-down = 向下滚动
key-graph-pan-left = 向左滚动
key-graph-pan-right = 向右滚动

key-spec-fix = 应用第一个修正
key-spec-undo-fix = 撤销上一个修正
key-spec-accept = 在表中显示这一行生成的层
    .short = 到该层

key-checks-accept = 在表中显示这一层，没有层时显示网络定义的那一行
    .short = 到该层
key-checks-fix = 把所选问题的修正应用到网络定义；内置的会先复制
    .short = 修正
key-checks-undo-fix = 撤销上一个修正
key-checks-pan-up = 向上滚动问题说明
key-checks-pan-down = 向下滚动问题说明
key-checks-to-spec = 显示网络定义中的那一行
    .short = 到那一行

key-weights-accept = 显示该张量所在的层
key-weights-choose = 选择要查看的权重
    .short = 权重
key-weights-compare = 与另一份权重比较，相对变化最大的在前
    .short = 比较
key-weights-enlarge = 放大显示第一层的卷积核
    .short = 卷积核
key-weights-shrink = 回到张量列表
key-weights-next-kernels = 显示后面的卷积核
key-weights-previous-kernels = 显示前面的卷积核
key-compare-accept = 折叠或展开；在层上则打开第二个网络的这一层
    .short = 打开
key-compare-next-difference = 到下一处差异
    .short = 下一个
key-compare-previous-difference = 到前一处差异
key-compare-only-differences = 只看差异，或全部行
    .short = 差异
key-compare-open-a = 打开第一个网络的这一行
    .short = 第一个
key-compare-open-b = 打开第二个网络的这一行
    .short = 第二个
key-compare-find-layer = 按路径跳到任一网络的层
    .short = 查找
key-compare-next-column = 向后滚动一列
key-compare-previous-column = 向前滚动一列
key-compare-swap-sides = 交换两个网络
key-compare-pick-rule = 选择计数规则
key-compare-pick-size = 改变输入的高和宽
key-compare-pick-batch = 改变批大小
key-compare-pick-classes = 改变类别数

key-running-cancel = 在下一层停止运行；训练会写出目前最好的权重
    .short = 停止

key-forward-step = 运行下一层
    .short = 下一层
key-forward-step-back = 后退一层
    .short = 后退
key-forward-run-all = 运行到底
    .short = 全部运行
key-forward-explain = 解释一个值：它是怎样算出来的
    .short = 解释
key-forward-changes = 关闭一个残差块、把一条分支置零、移动步幅……再从那里重新运行
    .short = 修改
key-forward-prepare = 改变图片预处理：键入均值、标准差、边长、滤波器、通道顺序
key-forward-run-to = 运行到选中的层（含）
    .short = 运行到此
key-forward-choose = 选择权重和输入
    .short = 选择
key-forward-rewind = 回到开头
    .short = 回到开头
key-forward-next-maps = 显示后面的通道
key-forward-previous-maps = 显示前面的通道
key-forward-enlarge = 放大显示一个通道
key-forward-shrink = 恢复显示多个通道
key-forward-contrast = 每张图各自缩放，或全部统一
key-forward-switch-mode = 用本批的统计量归一化，或恢复用移动统计量
key-forward-toggle-stop = 在所选层之后停下，或不停
key-forward-turn-stops = 在每次相加处、每个阶段末尾或仅在标记处停下
key-forward-slower = 放慢，逐层观看
key-forward-faster = 加快
key-forward-earlier = 时间线：前一层
key-forward-later = 时间线：后一层
key-forward-longest = 到用时最长的层，或受修改影响最大的层
key-forward-flip = 在原位切换修改前和修改后的这一层；- 两者并排
key-forward-show-answer = 显示演示模式隐藏的答案
key-forward-timeline = 时间线显示用时，或修改对各层输出的影响
key-forward-accept = 展开或折叠

key-explained-left = 左边的值
key-explained-right = 右边的值
key-explained-up = 上边的值
    .short = 移动
key-explained-down = 下边的值
key-explained-next-maps = 下一个通道
    .short = 通道
key-explained-previous-maps = 上一个通道
key-explained-order = 按大小或按卷积核中的顺序列出乘积
    .short = 顺序
key-explained-step = 运行下一层，并解释那里的值
    .short = 下一层
key-explained-step-back = 后退一层
    .short = 后退
key-explained-explain = 回到特征图
    .short = 特征图

key-tree-toggle = 展开或折叠
    .short = 折叠
key-tree-fold-in = 折叠，或到上一级
key-tree-fold-out = 展开，或到下一级
key-tree-close-all = 全部折叠
    .short = 全部折叠
key-tree-open-all = 全部展开
    .short = 全部展开

key-chooser-accept = 用选中的权重和输入开始前向传播
    .short = 开始
key-chooser-other-list = 转到另一列表
    .short = 另一列表
key-chooser-choose = 到权重列表
key-chooser-type-choice = 不用列表，输入种子或文件
    .short = 输入种子或文件
key-chooser-find-file = 查找权重文件或图片
    .short = 查找文件

key-confirm-accept = 写入文件：应用或撤销修正
    .short = 写入
key-confirm-back = 不改动文件
    .short = 不改动
title-confirm = 应用这个修正？
title-confirm-undo = 撤销这个修正？
confirm-file = 将写入 { $file }
confirm-copy = 将写入内置网络定义的副本：{ $file }
confirm-keys = { $write } 写入，{ $leave } 不改动文件
key-forward-fix = 打开与权重相符的网络，并使用这些权重
pass-open-fit = { $key } 用这些权重打开 { $name }
pass-open-fit-classes = { $key } 用这些权重打开 { $classes } 类的 { $name }
notice-nothing-fits-better = 没有找到与这些权重相符的其他网络
notice-compares-broken = { $title } 有错误：错误之后的层按本意比较
find-before-fix = 修正之前的版本
key-files-accept = 选择文件，或打开文件夹
    .short = 打开
key-files-folder-up = 到上级文件夹
    .short = 上级文件夹
key-files-back = 关闭文件选择框
    .short = 关闭
key-files-erase = 删除一个字符，或到上级文件夹
key-files-up = 上一个文件
key-files-down = 下一个文件
key-files-page-up = 上翻一页
key-files-page-down = 下翻一页
key-files-first = 第一个文件
key-files-last = 最后一个文件

key-typing-accept = 确认输入
    .short = 确认
key-typing-back = 保留原来的值
    .short = 取消
key-typing-erase = 删除最后一个字符

key-picker-accept = 显示或隐藏该列；按该数值排序
    .short = 选择
key-picker-back = 关闭列表
    .short = 关闭
key-chooser-back = 关闭列表
    .short = 关闭

key-finder-accept = 选择所选行，或输入的文字
    .short = 选择
key-finder-back = 关闭列表
    .short = 关闭
key-finder-erase = 删除最后一个字符
key-finder-up = 上移
key-finder-down = 下移
key-finder-page-up = 上翻一页
key-finder-page-down = 下翻一页

key-bn-lab-next-maps = 下一个通道
    .short = 通道
key-bn-lab-previous-maps = 上一个通道
key-bn-lab-enlarge = 更大的批：1、2、4 … 64 张图片
    .short = 更大的批
key-bn-lab-shrink = 更小的批
key-bn-lab-step = 再运行一批：移动统计量随之更新
    .short = 批次
key-bn-lab-step-back = 减少一批
key-bn-lab-constant = 用常数代替图片，或恢复图片
    .short = 常数
key-bn-lab-larger-eps = 调大 ε
    .short = 调大 ε
key-bn-lab-smaller-eps = 调小 ε
key-bn-lab-count-right = 数一数用每种统计量各答对多少
    .short = 数答对
key-bn-lab-back = 关闭实验室
    .short = 关闭

key-question-accept = 采用选项、输入答案，或到视图中选层
    .short = 作答
key-question-hint = 显示提示
    .short = 提示
key-question-show-answer = 显示答案；不计分
    .short = 看答案

key-answered-accept = 进入下一题
    .short = 下一个
key-answered-retry = 重做这一题
    .short = 重试

key-answering-accept = 提交答案
    .short = 作答
key-answering-back = 暂不作答
    .short = 取消
key-answering-erase = 删除最后一个字符

key-lesson-accept = 继续
key-lesson-to-view = 转到视图
    .short = 视图
key-lesson-lesson-room = 只看课程，或恢复并排
    .short = 全屏
key-lesson-next-page = 下一题
key-lesson-previous-page = 上一题
key-lesson-look = 让视图重新显示这道题所问的内容
key-lesson-leave-lesson = 离开课程；已答的会保留
    .short = 离开

key-beside-answer = 用选中的层作答，或回到课程
    .short = 作答

key-help-back = 关闭帮助
    .short = 关闭

key-network-tab-stats = 概览：规模、内存、改动、用时
key-network-tab-layers = 层表
key-network-tab-graph = 图：方框和边
key-network-tab-forward = 逐层进行的前向传播
key-network-tab-checks = 问题与提示
key-network-tab-spec = 网络定义及其生成的网络
key-network-tab-weights = 逐个张量查看权重
key-network-next-tab = 下一个视图
    .short = 下一视图
key-network-previous-tab = 上一个视图
key-network-find-layer = 按路径或作用跳到某层
    .short = 查找
key-network-bn-lab = 查看选中的或其后的批归一化：统计量、公式、直方图
key-network-pick-rule = 选择计数规则
key-network-pick-size = 改变输入的高和宽
key-network-pick-batch = 改变批大小
key-network-pick-classes = 改变类别数
key-network-compare-with = 与另一个网络比较

key-opened-back = 回到目录或比较
    .short = 返回

key-anywhere-back = 关闭最近打开的内容
key-anywhere-find-file = 打开网络定义、权重文件或要分类的图片
key-anywhere-undo = 回到上一次跳转之前
key-anywhere-redo = 再次前进
key-anywhere-export = 把当前视图写入文件
key-anywhere-lessons = 选择课程：先预测，再由网络验证
key-anywhere-next-theme = 换配色：深色、浅色、高对比、无色
key-anywhere-switch-ascii = 只用 ASCII 绘制，或恢复全部符号
key-anywhere-present = 开始或结束演示模式：大字标签、回显按键、隐藏答案
key-anywhere-palette = 按名称查找命令
    .short = 全部命令
key-anywhere-help = 显示按键
    .short = 帮助
key-anywhere-quit = 退出
    .short = 退出

key-always-quit = 退出
key-always-suspend = 回到 shell；输入 fg 返回这里

## What stands between the parts of a list

joint-comma = 、
joint-or = {" 或 "}
joint-and = {" 和 "}
joint-clause = ，
joint-semicolon = ；
## Gradients and training

gradient-no-derivative = `{ $layer }` 是 { $op }，没有导数，梯度无法通过它。这种层只能用于图片预处理。
gradient-needs-classes = `{ $layer }` 输出的是特征图，而损失需要每个类别一个数。请用池化、展平和全连接层结束网络。
gradient-labels-count = { $images } 张图片却有 { $labels } 个标签。请给每张图片一个标签。
gradient-label-beyond = 没有标签 { $label }：网络有 { $classes } 个类别，标签从 0 到 { $last }。
data-no-folder = 没有文件夹 { $path }。请用 --data digits，或含有 MNIST 或 CIFAR 文件的文件夹，或每类一个子文件夹的图片文件夹。
data-unknown = { $path } 里没有可识别的数据：既没有 MNIST（train-images-idx3-ubyte）或 CIFAR（data_batch_1.bin、train.bin）的文件，也没有每个类别一个的图片子文件夹。
data-unreadable = 无法读取 { $path }：{ $reason }。请检查路径和权限。
data-cut-short = { $path } 不完整：缺少 { $missing } 字节。请重新下载。
data-too-long = { $path } 的字节比文件头所说的多。请重新下载。
data-not-idx = { $path } 不是 MNIST 那样的 IDX 文件。请检查下载。
data-missing = 缺少 { $path }。这个数据集的所有文件要放在同一个文件夹里。
data-labels-differ = { $path } 有 { $images } 张图片，标签却有 { $labels } 个。这两个文件属于不同的数据集。
data-other-size = { $path } 里的图片与训练图片的大小不同。请把同一个数据集的文件放在同一个文件夹里。
data-label-of-file = { $path } 里第 { $picture } 张图片的标签是 { $label }，而数据集只有 { $classes } 个类别。文件已损坏，请重新下载。
data-no-pictures = { $data } 里没有图片。请放入 PNG、JPEG、WebP、BMP 或 GIF 文件，或删除这个文件夹。
data-one-class = { $data } 只有一个类别，无从学习。请至少给出两个类别。
data-few = { $data } 只有 { $pictures } 张图片，不够一部分用来训练、一部分用来测试。请增加图片。
data-class-unknown = { $path } 这个类别没有用来训练的图片。请在同名文件夹里加入训练图片，或删除它。
data-picture = 有一张图片不能用：{ $reason }。请替换或删除它。
data-size = { $data } 的图片是 { $own }，而 { $network } 的输入是 { $wanted }（通道 × 高 × 宽）。请选择这种大小的网络，或设置 --input-size。
data-label-beyond = { $data }：第 { $picture } 张图片的标签是 { $label }，而 { $network } 只有 { $classes } 个类别。请设置 --classes。
train-nothing-learns = 所有带权重的层都已冻结，没有可训练的参数。
train-one-value = 批大小为 { $batch } 时，{ $layer } 的每个通道只有一个值，算不出归一化所需的方差。请增大批大小或输入尺寸，或冻结这一层。
train-last-batch = 按每批 { $batch } 张图片划分，每轮的最后一批只剩 { $images } 张，{ $layer } 的每个通道只有一个值，算不出归一化所需的方差。请换一个批大小。
train-diverged = 第 { $step } 步的损失不再是一个数。请降低学习率。
train-diverged-at = 第 { $step } 步的损失不再是一个数；第一个出现这种值的层是 { $layer }。请降低学习率。
train-state-differs = 无法从 { $file } 继续：`{ $tensor }` 不存在或形状不同。它属于另一个网络或另一些冻结的层：请给 --resume 这个网络的文件夹和相同的 --freeze。
flag-not-negative = 请写一个不小于 0 的数
flag-below-one = 请写一个从 0 到 1（不含 1）的数
gradient-stopped = 反向传播已停止。
gradient-not-finite = 注意：损失不是有限的数；请检查权重和输入。
gradient-title = { $model }，输入 { $input }，权重 { $weights }；{ $mode }
gradient-batch-statistics = 批归一化用本批的统计量
gradient-running-statistics = 批归一化用移动统计量
gradient-loss = 损失（平均交叉熵）：{ $loss }
gradient-loss-after = 沿梯度走步长 { $step } 之后的损失：{ $loss }
gradient-ratio = 第一个残差块与最后一个残差块的梯度之比：{ $ratio }
gradient-column-block = 块
gradient-column-norm = ‖梯度‖
gradient-column-log = 对数刻度
train-twice = { $net } 写了两次。
train-begun-anew = 注意：这些张量不匹配，重新初始化：{ $tensors }
train-freeze-nothing = { $net } 没有可以冻结的层 { $path }。`table { $net }` 列出它的层。
train-estimate = { $net }：{ $parameters } 个参数，最多 { $memory } 内存，每步 { $step } 毫秒
train-plan = { $data }：{ $train } 张图片用来训练，{ $test } 张用来测试；{ $steps } 步，大约 { $seconds } 秒
train-not-kept = 注意：不会保存任何文件；用 -o 给出文件夹，即可保存权重和日志
train-epoch = { $net }  第 { $epoch } 轮  损失 { $loss }  训练准确率 { $train } %，测试准确率 { $test } %  { $rate } 张图片/秒
train-curve-loss = 损失，{ $low } 到 { $high }
train-curve-test = 测试准确率，{ $low } 到 { $high } %
train-saved = { $net }：第 { $epoch } 轮的权重（测试中最好的）在 { $path }
train-stopped = 已停止，没有保存任何文件。
train-stopped-kept = 已停止。到目前为止最好的权重已保存；用 --resume 继续。
train-folder-taken = { $path } 已经存在。请用 --resume 继续那次训练，或选择另一个文件夹。
train-other-net = { $path } 是 { $own } 的日志，不是 { $net } 的。请给 --resume { $net } 的文件夹。
train-other-setting = 这次训练开始时 { $option } 是 { $began }，现在却是 { $now }。要继续，请给出相同的设置。
effect-schedule-steps-takes = 只有 --schedule steps 用到它

## The command line: gradient and train

call-gradient = 运行反向传播：逐个张量、逐个残差块给出损失的梯度
call-gradient-batch = 每批图片数；省略时为 2，或与输入一样多
call-gradient-weights = shipped（内置）、synthetic:种子、init:he:种子、init:torch:种子 或权重文件
call-gradient-input = sample:N（从该样本起的内置样本）、synthetic:种子 或图片文件
call-gradient-label = 每张图片的类别，从 0 数起，或全部共用一个；省略时为 0、1、2 ……
call-gradient-inference = 批归一化用移动统计量，此时它们是常数
call-gradient-step = 同时给出沿梯度走这么长一步之后的损失
call-gradient-single = 用单精度，与训练相同；省略时用双精度
call-train = 用相同的图片同时训练多个网络
call-train-names = 网络或网络定义文件，用相同的批次一起训练
call-train-data = digits（已内置），或文件夹：MNIST 或 CIFAR 的文件，或每类一个子文件夹的图片
call-train-weights = 起始权重：init:he:种子、init:torch:种子、shipped 或权重文件，分类头可以不同；省略时为 init:he 加随机种子
call-train-freeze = 权重保持不变的层、残差块或阶段，如 layer3；可写多次
call-train-without = 训练时去掉网络的这些部分，以逗号分隔：归一化、捷径、预处理
call-train-epochs = 训练轮数
call-train-lr = 学习率
call-train-momentum = 动量，定义与 PyTorch 的 SGD 相同
call-train-weight-decay = 权重衰减：加到梯度上的权重比例
call-train-schedule = 学习率的变化方式
call-value-schedule-constant = 不变
call-value-schedule-cosine = 沿半个余弦波降到零
call-value-schedule-steps = 每 --every 轮降到十分之一
call-train-every = 学习率降到十分之一所隔的轮数，与 --schedule steps 同用
call-train-smoothing = 标签平滑：分给全部类别的目标比例
call-train-shift = 每张图片最多平移这么多像素
call-train-mirror = 隔一张图片左右翻转
call-train-batch-size = 每批图片数
call-train-seed = 随机种子，决定权重、批次、平移和翻转
call-train-output = 文件夹，存放每个网络的最佳权重、可继续训练的最后权重和日志
call-train-resume = 继续文件夹里的训练，总轮数为 --epochs
call-train-format = 输出形式；json 和 csv 在每个网络的每轮结束时输出一行

## Where a network looks, lesions and fields

saliency-cam = 类激活图（CAM）
saliency-grad-cam = Grad-CAM
saliency-gradient-input = 梯度 × 输入
saliency-occlusion = 遮挡
saliency-cam-worth = 对这个网络是精确的：图的均值加上偏置就是得分。分辨率与最后的特征图相同；它指出证据的位置，不说明证据是什么（Zhou 等 2016，"Learning Deep Features for Discriminative Localization"）。
saliency-grad-cam-worth = 在全局平均池化前的最后一张特征图上，它等于 CAM 的正值部分；在更早的层，梯度均值只是粗略的权重，结果可能并不忠实（Selvaraju 等 2017，"Grad-CAM"；Draelos 与 Carin 2020，"Use HiResCAM instead of Grad-CAM"）。
saliency-gradient-input-worth = 每个像素影响的一阶估计，噪声较大，仅当得分对输入为线性时才精确（Shrikumar 等 2016，"Not Just a Black Box"；Adebayo 等 2018，"Sanity Checks for Saliency Maps"）。
saliency-occlusion-worth = 这是实测而非推导：遮住一块后网络损失的得分。遮挡后的图片与训练图片不同，块的大小也会改变结果（Zeiler 与 Fergus 2014，"Visualizing and Understanding Convolutional Networks"；Hooker 等 2019，"A Benchmark for Interpretability Methods"）。
saliency-no-cam = CAM 要求全局平均池化后只接一个全连接层，而中间有 `{ $layer }`（{ $op }）。请改用 Grad-CAM、梯度 × 输入或遮挡。
saliency-no-map = 网络没有大于一个单元的特征图，因此没有位置可以加权。请改用梯度 × 输入或遮挡。
saliency-not-a-map = `{ $layer }` 输出的是向量，没有空间位置。请选择输出特征图的层。
saliency-not-reached = 得分不依赖 `{ $layer }`。请选择通往输出的层。
saliency-no-gradient = `{ $layer }` 中央单元对所有像素的梯度都为零，有效感受野没有大小。请换一组权重或增加输入。
saliency-patch = 边长 { $side }、步幅 { $stride } 的遮挡块不合适：边长必须在 1 到 { $most } 之间，步幅至少为 1。
lesion-nothing = 未改动
lesion-all-main = 所有主分支置零
lesion-all-shortcuts = 所有捷径置零
call-evaluate = 在带标签的图片上评估网络：准确率，以及哪些类别被认成哪些类别
call-evaluate-data = digits（内置），或文件夹：MNIST 或 CIFAR 的文件，或每个类别一个子文件夹的图片
call-evaluate-all = 全部图片；省略时只用 `train` 不学习的那部分
call-evaluate-seed = 数据没有划分时，决定哪些图片 `train` 不学习的种子
call-evaluate-weights = shipped（内置）、synthetic:种子、init:he:种子、权重文件，或公布的权重的标签
call-evaluate-batch-size = 同时运行的图片数
call-lesions = 依次关闭每个残差块的主分支或捷径，显示剩下的准确率
call-lesions-weights = shipped（内置）、synthetic:种子、init:he:种子、权重文件，或公布的权重的标签
call-lesions-data = digits（内置）或文件夹，代替内置样本
call-lesions-images = 最多使用的图片数
call-field = 测量各层的有效感受野，与理论感受野并列
call-field-at = 输出特征图的层；省略时为每个阶段的最后一层。可多次给出
call-field-weights = shipped（内置）、synthetic:种子、init:he:种子、权重文件，或公布的权重的标签
call-field-inputs = 对梯度取平均的随机输入个数
call-field-seed = 第一个输入的种子
call-run-cam = 显示网络为某个类别看哪里：类别编号或 `top`；用逗号给出两个则并排显示
call-run-method = 作图的方法
call-run-at = Grad-CAM 加权的特征图所在的层；省略时为最后一层
call-run-patch = 遮挡块的边长；省略时为图片的四分之一
call-run-patch-stride = 遮挡块移动的像素数；省略时为边长的一半
call-run-output = 把图片和热力图写成 PNG
call-run-force = 覆盖已有的文件
run-cam-title = { $method }：{ $model }，输入 { $input }，权重 { $weights }
run-cam-class-line = 类别 { $class } { $label }：得分 { $score }，{ $cells } 个格子，最大值在第 { $row } 行（共 { $rows } 行）、第 { $column } 列（共 { $columns } 列）
run-cam-legend = 红色（或深色）：提高得分。蓝色（或 -）：降低得分。
run-cam-class = `{ $word }` 不是类别。请给出从 0 数起的编号，或用 `top` 表示最可能的类别。
run-cam-idle = { $option } 对 --method { $method } 不起作用：--at 用于 grad-cam，--patch 和 --patch-stride 用于 occlusion。
run-cam-one-input = --cam 只接受一张图片。请只给一个 --input。
lesions-title = { $model }，权重 { $weights }：{ $images } 张图片
lesions-column-off = 已关闭
lesions-column-right = 正确
lesions-column-accuracy = 准确率
lesions-worth = 残差块关闭主分支后只传递捷径（Veit、Wilber 与 Belongie 2016）。图片很少时，多一张或少一张不能说明问题。
lesions-no-blocks = `{ $net }` 没有残差块，没有可以关闭的分支。请选择有捷径的网络。
lesions-no-samples = `{ $net }` 没有已知类别的内置样本。请用 --data 给出图片。
field-title = { $model }，权重 { $weights }：中央单元的梯度，对 { $inputs } 个随机输入取平均
field-column-layer = 层
field-column-theory = 理论
field-column-seen = 图片内
field-column-effective = 有效边长
field-column-pixels = 像素
field-map = { $layer } 在图片上的有效感受野：
field-worth = 有效：平均梯度超过最大值 4.55 % 的像素，换算成像素数相同的正方形的边长（Luo 等 2016）。
evaluate-title = { $model }，权重 { $weights }，数据 { $data }：{ $images } 张中 { $right } 张正确，{ $share }
evaluate-matrix = 行：图片的类别。列：网络的回答。
evaluate-column-class = 类别
evaluate-mistakes = 最常见的错误：
evaluate-mistake = { $count } × { $label } 被认成 { $answer }
evaluate-no-classes = `{ $net }` 输出的是特征图，而评估需要每个类别一个数。请用池化、展平和全连接层结束网络。

## Queries of a lesson, for those who write lessons

query-no-layer = { $net } 没有层 `{ $path }`
query-names-no-layer = `{ $word }` 没有指明层：请写 NET.LAYER
query-no-rule = 没有计数规则 `{ $rule }`
query-no-downsampling = { $net } 没有第 { $number } 处下采样
query-no-fault = { $net } 没有违反任何规则
query-no-problem = `check` 没有在 { $net } 中发现问题
query-window-numbers = `window` 需要四个整数，卷积核和步幅至少为 1
query-window-too-large = 窗口大于填充后的输入
query-no-size = 批大小不是整数
query-no-shape = { $layer } 的形状未知
query-no-window = { $layer } 没有窗口
query-no-input = { $layer } 没有输入
query-no-convolution = { $layer } 不是卷积
query-cannot-count = 无法统计 `{ $what }`
query-no-field = { $layer } 没有感受野
query-no-stage = { $net } 没有阶段 { $number }
query-names-no-block = `{ $word }` 没有指明残差块：请写 NET.BLOCK
query-no-block = { $net } 没有残差块 `{ $path }`
query-no-preprocessing = { $net } 的预处理没有通道 { $channel } 的 { $what }
query-no-sample = 样本序号不是整数
query-no-epochs = 轮数不是整数
query-no-part = 这里没有 `{ $part }` 这个部分
query-no-blocks = { $net } 没有可测量的残差块
query-no-classes = { $net } 没有类别名称
query-pass-stopped = 前向传播没有完成
query-channel-and-size = 通道和批大小都应是整数
query-cannot-measure = 没有统计量 `{ $what }`
query-takes = { $function } 的参数和结果：{ $arguments }
query-no-function = 没有函数 `{ $function }`；可用的有：{ $known }
query-not-a-number = 只有数才能参与计算
query-takes-params = NET 或 NET.LAYER：该路径下所有层的参数量
query-takes-buffers = NET 或 NET.LAYER：移动均值和方差的个数
query-takes-macs = NET 或 NET.LAYER，规则不是 conv+fc 时再加带引号的规则：单张图片的运算次数
query-takes-shape = NET.LAYER：输出的形状
query-takes-input = NET.LAYER：输入的形状
query-takes-op = NET.LAYER：PyTorch 中的算子名
query-takes-successor = NET.LAYER：以它的输出为输入的层，用逗号连接
query-takes-predecessor = NET.LAYER：它的输入来自哪些层，用逗号连接
query-takes-kernel = NET.LAYER：卷积核或窗口的大小
query-takes-stride = NET.LAYER：步幅
query-takes-padding = NET.LAYER：填充
query-takes-groups = NET.LAYER：卷积的组数
query-takes-count = NET，以及 blocks、projections、identities、stages、layers、downsamples 或一种算子：其数量
query-takes-blocks = NET、从 1 开始的阶段编号：该阶段的残差块数
query-takes-block = NET：第一个残差块的种类
query-takes-paper-name = NET、从 1 开始的阶段编号：该阶段在论文中的名称
query-takes-depth = NET：主分支上的卷积数加全连接层数
query-takes-field = NET 或 NET.LAYER：感受野，单位为像素
query-takes-downsample = NET、从 1 开始的序号：该处下采样所在的层
query-takes-shortcut = NET.BLOCK：identity、projection、pooled projection 或 zero padding
query-takes-residual = NET.BLOCK：输出残差 F(x) 的层，即主分支的末尾
query-takes-legal = NET：是否没有违反任何规则
query-takes-fault = NET：第一个违反规则的层
query-takes-caught = NET：`check` 找到的第一个问题的编号
query-takes-window = 大小、卷积核、步幅、填充：这样的窗口的输出大小
query-takes-preprocess = NET、mean 或 std、通道：预处理中的这个数
query-takes-runs = NET：以噪声为输入的前向传播能否完成，且结果都是有限数
query-takes-top = NET、序号：该样本最可能的类别
query-takes-gradient = NET：训练开始时，第一个残差块的梯度范数除以最后一个残差块的梯度范数
query-takes-trained = NET、轮数，以及要去掉的部分（norms、shortcuts、preprocessing）：在手写数字上的测试准确率（百分数）
query-takes-lesion = NET 或 NET.BLOCK，以及 none、main 或 shortcut：去掉这条分支后仍判断正确的样本数
query-takes-looks = NET、样本、row 或 column：类激活图中最大值所在的格子，从 1 数起
query-takes-bn = NET.LAYER、统计量、通道、批大小：批归一化的这个统计量
query-takes-bn-distance = NET.LAYER、批大小：一批的均值与移动均值的平均距离，单位为标准差

## Images

png-wrong-count = { $count } 个值与 { $columns }×{ $rows } 的图片不符

## Weights: show and diff

call-weights = 列出公布的权重，查看权重文件
call-weights-show = 显示权重文件中的张量：形状、类型和取值分布
call-weights-show-file = 权重文件：.safetensors、.pth、.pt、.ckpt 或 .bin
call-weights-show-search = 只显示名称含有此词的张量
call-weights-diff = 显示两个权重文件的差别，相对变化最大的在前
call-weights-diff-first = 作为比较基准的权重文件
call-weights-diff-second = 与它比较的权重文件
label-tensor = 张量
weights-column-dtype = 类型
weights-column-zeros = 零值
weights-column-not-finite = NaN、∞
weights-column-relative = 相对变化
weights-column-largest = 最大差值
weights-no-such-name = { $file } 中没有名称含“{ $text }”的张量
weights-show-title = { $file }：{ $count } 个张量，{ $values } 个值（{ $types }）
weights-show-no-network = 目录中没有与它相近的网络
weights-show-not-finite = { $count } 个值为 NaN 或无穷大；其余数字只计有限值
weights-diff-title = { $first } 与 { $second }：{ $equal } 个张量相同，{ $changed } 个不同
weights-diff-network = 按 { $network } 的名称比较，两者都适配它
weights-diff-shape = `{ $name }` 在前者中为 { $first }，在后者中为 { $second }
weights-diff-only = 只在 { $file } 中：{ $names }

call-weights-list = 列出各网络公布的权重：准确率、训练数据、许可证，以及本机上的文件
call-weights-list-name = 目录中的网络；省略时列出全部
call-weights-list-here = 只列本机上已有的
call-weights-list-verify = 把本机上的每个文件与发布者的 SHA-256 比较
weights-column-library = 库
weights-column-licence = 许可证
weights-column-here = 本机文件
weights-column-hash = SHA-256
label-unknown = 未知
weights-hash-is-right = 一致
weights-hash-is-wrong = 不一致
weights-none-published = 没有已知的 { $name } 的公布权重；`resnet-explore weights list` 列出所有网络的公布权重
weights-none-here = 这些权重都不在本机上
weights-hash-wrong = { $file } 已损坏或是另一个文件：其 SHA-256 以 { $found } 开头，发布者的以 { $expected } 开头；请用 `resnet-explore weights fetch` 重新下载
weights-list-count = 共 { $count } 份权重，其中 { $here } 份在本机上。top-1：在该尺寸下，ImageNet-1k 验证图片的百分比。
weights-list-licence = 许可证中含 -nc 的不可用于商业用途。
weights-list-places = 已查找 torch hub 的缓存、Hugging Face 的缓存，以及 { $variable } 指定的文件夹。
choice-not-here = 公布的权重 { $name } 不在本机上；`resnet-explore weights fetch { $name }` 会从 { $address } 下载
run-published-weights = 权重 { $name }（{ $library }，许可证 { $licence }）：{ $file }；除选项另行设定外，按公布的方式预处理
run-no-trained-weights = 本机上没有 { $name } 的训练权重，所以这些类别没有意义；`resnet-explore weights fetch { $name }` 可下载一份

## Weights: fetch and remove

call-weights-fetch = 把公布的权重下载到 Python 使用的缓存中，并校验
call-weights-fetch-name = 权重的名称，如 resnet50.a1_in1k；或网络的名称，取其中准确率最高的一份
call-weights-remove = 从 torch hub 和 Hugging Face 的缓存中删除公布的权重
call-weights-remove-name = 权重的名称，如 resnet50.a1_in1k
fetch-asking = 正在连接
fetch-waiting = 另一个程序正在下载同一文件，等待中
fetch-receiving = 正在下载
fetch-pausing = { $seconds } 秒后重试
fetch-checking = 正在校验 SHA-256
fetch-so-far = { $done } / { $total }
fetch-rate = { $rate }/秒
fetch-left = 剩余 { $time }
fetch-cancelled = 下载已中止
fetch-cancelled-kept = 下载已中止；已下载的 { $size } 保留，下次下载该文件时从此处继续
fetch-kept = { $problem }；已下载的 { $size } 保留，下次下载该文件时从此处继续
fetch-not-built = 此程序编译时未包含下载功能：请用默认的 feature 重新编译，或用其他方式下载该文件
fetch-offline = 已设置 { $variable }，因此不下载任何文件：请取消该变量
fetch-no-place = 不知道缓存文件夹在哪里：请设置 HF_HOME 和 TORCH_HOME
fetch-address = `{ $address }` 不是以 http:// 或 https:// 开头的地址：请检查 HF_ENDPOINT 和 RESNET_EXPLORE_MIRROR
fetch-proxy = 无法使用代理 { $proxy }：{ $reason }；请检查 HTTPS_PROXY 和 NO_PROXY
fetch-proxy-kind = 只支持 http:// 和 https:// 的代理
fetch-unreachable = 无法连接 { $host }：{ $reason }；请检查网络，或指定代理（HTTPS_PROXY）或镜像（HF_ENDPOINT、RESNET_EXPLORE_MIRROR）
fetch-insecure = 无法与 { $host } 建立安全连接：{ $reason }；证书取自系统，或取自 SSL_CERT_FILE
fetch-denied = { $host } 拒绝提供该文件（状态码 { $status }）：文件可能不公开，或已不存在；可用 HF_TOKEN 指定有读取权限的令牌
fetch-missing = { $address } 处没有文件
fetch-busy = { $host } 限制了请求次数（状态码 429）：请稍后再试
fetch-busy-for = { $host } 限制了请求次数（状态码 429）：请在 { $seconds } 秒后再试
fetch-status = { $host } 返回状态码 { $status }：请稍后再试
fetch-redirects = { $host } 的重定向没有终点，或指向不安全的地址：请检查 HF_ENDPOINT 和 RESNET_EXPLORE_MIRROR
fetch-page = { $host } 返回的是网页而不是文件：所在网络可能要求先登录
fetch-no-hub = { $host } 的响应缺少 Hugging Face hub 的 { $header } 头：请检查 HF_ENDPOINT
fetch-broken = 与 { $host } 的连接中断：{ $reason }
fetch-other-file = 来自 { $host } 的文件与发布者的不同：其 SHA-256 以 { $found } 开头，发布者的以 { $expected } 开头；该文件已删除
fetch-too-long = { $host } 发来的数据超过文件长度；已全部删除
fetch-unwritable = 无法写入 { $file }：{ $reason }
fetch-no-such-host = 找不到这个主机名
fetch-silent = 未在规定时间内响应
fetch-ended-early = 数据提前结束
fetch-refused = 该地址没有服务
fetch-other-range = 收到的不是所请求的部分
fetch-begins = { $name }：{ $size }，许可证 { $licence }，来自 { $host }
fetch-begins-about = { $name }：约 { $size }，许可证 { $licence }，来自 { $host }
fetch-non-commercial = 该许可证不允许商业用途
fetch-continues = 其中 { $size } 已在之前下载
fetch-most-accurate = { $net } 公布了 { $count } 份权重，{ $name } 的准确率最高；`resnet-explore weights list { $net }` 列出全部
fetch-done = { $name } 已下载到本机：{ $size }，SHA-256 一致
fetch-was-here = { $name } 已在本机上：{ $size }
fetch-name-one = 请指定 { $net } 公布的权重之一：{ $known }
fetch-no-such-tag = { $net } 没有名为 `{ $tag }` 的公布权重；已有 { $known }
fetch-tag-of-many = 有 { $count } 个网络的权重都叫 `{ $tag }`：请写出网络名，如 { $example }
remove-not-here = { $name } 不在本机的 torch hub 缓存和 Hugging Face 缓存中
remove-own = { $file } 在你自己的文件夹中，程序不会删除：请自行删除
remove-busy = 另一个程序正在下载 { $file }：请先停止下载
remove-failed = 无法删除 { $file }：{ $reason }
remove-done = 已删除 { $name }，释放 { $size }
weights-column-file = 文件
weights-about = 约 { $size }
weights-begun = 已下载 { $size }
weights-list-fetch = `resnet-explore weights fetch <名称>` 把其中一份下载到 Python 使用的缓存中。
weights-list-held = 本机上的文件共占 { $size }。

call-weights-infer = 由权重文件中张量的名称和形状推断与之相符的网络定义
call-weights-infer-file = 权重文件：.safetensors、.pth、.pt、.ckpt 或 .bin
call-weights-infer-output = 网络定义写入的文件；省略时写到标准输出
call-weights-infer-force = 文件已存在时覆盖
infer-nothing-alike = 目录中没有与 { $file } 相近的网络，无法推断网络定义；`resnet-explore weights show` 列出其中的张量
infer-no-fit = 没有找到与 { $file } 相符的网络定义；最接近的是 { $parent } 的一个变体，文件缺少其中 { $missing } 个张量，文件中另有 { $extra } 个张量在其中没有位置
infer-fits = { $file } 与 { $parent } 的这个变体相符：每个张量都有位置
infer-fits-renamed = { $file } 以其他名称与 { $parent } 的这个变体相符：按形状和顺序，每个张量都有位置
infer-comment =
    由 { $file } 中张量的名称和形状推断。
    步幅、填充、池化、激活函数、输入尺寸和预处理无法由张量得知：
    均沿用所继承的网络，请核对。
infer-unknown = 步幅、填充、池化、激活函数、输入尺寸和预处理无法由张量得知，均沿用该网络的设置

## 用户的按键

keys-unknown-scope = 没有名为 `{ $scope }` 的按键范围
keys-scopes = 可用的范围：{ $scopes }
keys-unknown-command = `{ $scope }` 里没有命令 `{ $command }`
keys-commands = 可用的命令：{ $commands }
keys-no-table = `{ $scope }` 是一个范围，里面是命令及其按键
keys-no-table-help = 单独一行写 [{ $scope }]，下面写 filter = "&" 这样的行
keys-no-text = 按键要写成文本，或文本的列表
keys-no-text-help = 写成 "f"、"Enter" 或 ["f", "Space"] 这样的按键
keys-unknown-key = 没有名为 `{ $key }` 的按键
keys-not-sent = 终端不会把 `{ $key }` 作为单独的按键发送
keys-known = 写一个字符，或者下列名称之一：{ $keys }
keys-typed = 在 `{ $scope }` 里，`{ $key }` 会作为文字输入
keys-typed-help = 请用有名称的按键，例如 "Enter" 或 "Esc"
keys-double = `{ $key }` 在 `{ $scope }` 里既是 `{ $command }` 的按键，又是 `{ $other }` 的按键
keys-double-help = 这里换一个按键，或者给 `{ $other }` 也换一个
back-all = 全部层
back-catalogue = 目录
back-close = 关闭
back-networks = 全部网络
back-list = 列表
back-table = 表格
back-tensors = 张量列表
back-first-weights = 只看一份权重
back-maps = 特征图
back-lesson = 课程

## Gradients and training in the explorer

train-part-shortcuts = 捷径
train-part-norms = 批归一化
train-part-preprocessing = 像素的缩放与标准化
train-part-none = 这个网络没有{ $part }可以去掉
train-part-not-taken = 训练一开始就没有{ $part }：请重新开始，才能带着训练
train-part-needed = 不能去掉{ $part }：{ $reason }

tab-gradients = 梯度
context-gradients = 梯度
key-network-tab-gradients = 梯度大小随深度的变化
key-gradients-run-all = 重新测量
    .short = 测量
key-gradients-compare = 选择图中的第二个网络
    .short = 第二个网络
key-gradients-choose = 换一种权重：何恺明初始化、PyTorch 初始化、网络自带的权重
    .short = 权重
key-gradients-turn-axis = 每个残差块一个点，或每个参数一个点
    .short = 块／参数
key-gradients-more = 多一个随机种子
key-gradients-fewer = 少一个随机种子
title-gradients-beside = 图中的第二个网络
gradients-heading = 每个{ $what }的梯度范数 · { $start } · { $seeds } 个随机种子 · 批大小 { $batch }
gradients-of-blocks = 块
gradients-of-tensors = 参数
gradients-start-he = 随机权重（何恺明）
gradients-start-torch = 随机权重（PyTorch）
gradients-start-own = 自带权重
gradients-add-another = 按 { $key } 加入第二个网络
gradients-press = 这里的反向传播需要一些时间。按 { $key } 开始测量。
gradients-none = 还没有测量
gradients-list = 各随机种子的几何平均
gradients-result = 结果
gradients-belief = 常见说法：普通深层网络的梯度传回第一个块时会消失，捷径使梯度得以保留。
gradients-ratio = { $net }：第一个块与最后一个块的梯度之比为 { $ratio }（{ $seeds } 个随机种子，{ $low } 至 { $high }）：反向传播时梯度{ $verdict }
gradients-grow = 逐渐增大
gradients-shrink = 逐渐减小
gradients-keep = 大小相近（相差不到 10 倍）
gradients-with-norm = 有批归一化时
gradients-without-norm = 没有批归一化时
gradients-against-belief = 与常见说法相反，训练开始时普通网络的梯度没有消失：{ $norm }，梯度爆炸。
gradients-as-believed = 正如常见说法，{ $norm }，普通网络的梯度在训练开始时消失。
gradients-neither = 常见说法认为普通网络的梯度会消失；实际上，{ $norm }，这个深度的网络在训练开始时梯度既没有消失，也没有爆炸。

title-train = 训练
title-train-purpose = 多个网络用同样的批次并排训练
title-train-parts = 训练时保留的部分
title-train-add = 再加入一个网络
context-train = 训练
back-training = 训练
key-anywhere-train = 并排训练屏幕上的网络
key-train-run-all = 运行或暂停
    .short = 运行／暂停
key-train-step = 只训练一个批次
    .short = 一个批次
key-train-depth = 实验：不同深度的普通网络与残差网络
    .short = 深度
key-train-norm = 实验：有无批归一化
    .short = 批归一化
key-train-input = 实验：输入是否标准化
    .short = 输入
key-train-next-panel = 下一个面板
    .short = 面板
key-train-previous-panel = 上一个面板
key-train-changes = 去掉或恢复所选网络的某一部分，继续训练
    .short = 部分
key-train-accept = 输入所选的值，或运行
key-train-slower = 学习率减半
key-train-faster = 学习率加倍
key-train-compare = 加入一个网络
key-train-erase = 移除所选网络
key-train-turn-axis = 只有一幅图时，切换损失与准确率
key-train-next-channel = 批归一化的下一个通道
key-train-previous-channel = 上一个通道
key-train-next-norm = 下一个批归一化
key-train-previous-norm = 上一个批归一化
key-train-keep = 写出每个网络目前最好的权重
key-train-rewind = 放弃这次训练，回到计划
notice-no-folder = 不能创建 { $path }：{ $reason }
notice-kept = 目前最好的权重已写入 { $folder }：{ $files }
train-nets = 网络
train-recipe = 训练设置
train-ended = 已中止
train-ended-why = { $net } 已中止：{ $reason }
train-field-data = 数据
train-field-epochs = 轮数
train-field-batch = 批大小
train-field-rate = 学习率
train-field-schedule = 学习率变化
train-field-decay = 权重衰减
train-field-start = 初始化
train-field-seeds = 随机种子
train-field-wrong = `{ $text }` 不能作为{ $field }。可以写 { $examples }。
train-most-nets = 最多并排训练 { $count } 个网络
train-no-nets = 还没有网络：请先加入一个
train-no-data = 还没有选择数据：选中“数据”一行，按 Enter，选择文件夹
train-select-a-net = 请先选中要移除的网络
train-plan-is-fixed = 训练已经开始：要修改计划，请先放弃这次训练
train-is-done = 训练已结束，可以写出最好的权重
train-still-there = 这次训练已经开始
train-quit-unkept = 训练的权重还没有写出：在训练中按 { $keep } 写出，再按 { $quit } 直接退出。
train-nothing-yet = 还没有训练
train-nothing-to-keep = 还没有训练，没有权重可写
train-no-norm = 这个网络没有批归一化
train-no-test-yet = 每轮结束后，用不参加训练的图片测量准确率
train-begins = 正在建立网络。
train-hint = 按 { $run } 运行。用 1,797 张手写数字做实验：{ $depth } 深度与捷径，{ $norm } 批归一化，{ $input } 输入标准化。按 { $add } 加入网络。
train-plot-loss = 损失（最近批次的平均）
train-plot-accuracy = 测试准确率（%）
train-panel-batch = 当前批次
train-panel-norm = 批归一化
train-panel-gradients = 每个块的梯度范数
train-panel-kernels = 第一层卷积核
train-title = { $what } · { $net }
train-title-norm = { $path } 通道 { $channel } · { $net }
train-norm-batch = 批次
train-norm-running = 移动统计量
train-norm-mean = 均值
train-norm-variance = 方差
train-depth-first = 第一个块
train-depth-last = 最后一个块
train-net-without = { $net } 去掉{ $parts }
train-net-standardised = { $net } 标准化输入
train-short-shortcuts = 无捷径
train-short-norms = 无批归一化
train-short-preprocessing = 原始像素
train-short-standardised = 标准化输入
train-short-whole = 完整网络
train-short-parts = { $parts }
train-note-rate = 第 { $epoch } 轮：学习率 { $rate }
train-note-without = 第 { $epoch } 轮：{ $net } 去掉{ $part }
train-note-with = 第 { $epoch } 轮：{ $net } 恢复{ $part }
train-state-planned = 计划中
train-state-running = 运行中
train-state-paused = 已暂停
train-state-done = 已结束
train-state-failed = 失败
train-status-epoch = 第 { $epoch } 轮，共 { $epochs } 轮
train-status-speed = 每秒 { $speed } 张
train-status-left = 还需 { $seconds } 秒
train-status-memory = { $memory }
train-asks-depth = 常见说法：网络越深，拟合得越好。普通网络会不会随深度变差？捷径能不能避免？
train-asks-norm = 常见说法：批归一化加快训练。同一网络、同样的随机种子和批次，比较有无批归一化。
train-asks-input = 常见说法：输入标准化加快训练。同一网络（去掉批归一化，因为它会把第一层的输出标准化）、同样的随机种子和批次：标准化的像素，或 0 至 255 的原始值。
train-found-depth = 退化现象：深度从 8 到 56，普通网络从 { $shallow } 降到 { $plain }；有捷径时，深度 56 为 { $residual }。它的训练损失也更高（{ $shallowloss } 与 { $plainloss }），所以不是过拟合。
train-found-no-depth = 目前没有退化：普通网络深度 8 为 { $shallow }、损失 { $shallowloss }，深度 56 为 { $plain }、损失 { $plainloss }；残差网络深度 56 为 { $residual }。
train-found-none = { $net }：没有准确率，{ $all } 个随机种子中有 { $seeds } 个在第一轮结束之前就中止了
train-found-speed = { $net }：各随机种子 { $low } 至 { $high }；{ $goal } { $epochs }{ $ended }
train-after-epochs = 平均在 { $epochs } 轮后达到
train-not-reached = 在 { $all } 个随机种子中有 { $seeds } 个达到
train-some-ended = ；{ $seeds } 个随机种子提前中止
train-norm-helps = 与常见说法一致：有批归一化时，这个网络学得更快。
train-norm-hurts = 与常见说法相反：没有批归一化时，这个网络学得更快。
train-norm-alike = 目前没有明显差别：有无批归一化，这个网络学得差不多快。
train-input-helps = 与常见说法一致：输入标准化后，这个网络学得更快。
train-input-hurts = 与常见说法相反：直接用原始像素，这个网络学得更快。
train-input-alike = 目前没有明显差别：两种输入下，这个网络学得差不多快。

context-lesions = 逐个关闭残差块
context-looks = 网络看了哪里
key-lesions-back = 关闭
    .short = 关闭
key-looks-next-method = 下一种方法：CAM、Grad-CAM、梯度 × 输入、遮挡
    .short = 方法
key-looks-next-class = 换第二个类别
    .short = 类别
key-looks-previous-class = 换回前一个类别
key-looks-earlier-layer = Grad-CAM 用更靠前的层
    .short = 前一层
key-looks-later-layer = Grad-CAM 用更靠后的层
key-looks-show-answer = 显示演示模式隐藏的答案
key-looks-back = 关闭
    .short = 关闭
key-forward-lesions = 逐个关闭残差块的主分支或捷径，看准确率
    .short = 关闭残差块
key-forward-looks = 网络看了图片的哪里
    .short = 看了哪里
inquiry-lesions-title = 逐个关闭残差块：{ $samples } 个样本中答对的数量
inquiry-lesions-no-samples = 关闭残差块需要已知类别的样本，这个网络没有自带样本。请打开有样本的网络，例如 resnet20_fashion。
lesions-finding = 完整网络答对 { $intact } 个（共 { $samples } 个）。关闭一个残差块的主分支，平均还剩 { $main } 个；关闭一条捷径，平均还剩 { $shortcut } 个。
looks-title = 看了哪里 · { $method }
looks-title-at = 看了哪里 · { $method } · { $layer }
looks-picture = 图片
looks-class = { $class } · 得分 { $score }
looks-colours = 红色增加得分，蓝色减少得分；两幅图用同一尺度
looks-shades = 越深的位置对得分贡献越大；两幅图用同一尺度

## 开始界面和短片

context-start = 开始界面
context-watch = 前向传播短片
back-start = 开始界面
start-title = 走进残差网络
start-purpose = 三种开始的方式，不需要安装或下载任何东西。
start-others = { $back }：{ $count } 个网络的目录；在目录里按 { $again } 回到这里
door-watch = 观看
door-watch-about = 二十秒：一张图片逐层通过训练好的网络。
door-learn = 学习
door-learn-about = { $lessons } 节课、{ $quizzes } 次测验：先预测，再在网络里看到答案。
door-mine = 打开我的网络
door-mine-about = 你自己的网络定义或权重文件，或本机上的权重。
watch-picture = 这是输入：一张 { $size } 的图片。除此之外，网络一无所知。
watch-kernels = 第一个卷积层用 { $count } 个卷积核扫过图片，每个卷积核输出一张特征图。
watch-addition = 捷径绕过两个卷积层：残差块的输入与它们的输出相加。残差网络因此得名。
watch-stage = { $stage } 结束：{ $count } 张 { $size } 的特征图。越往后，特征图越多，也越小。
watch-pooled = 每张特征图只留下平均值：{ $count } 个数代表整张图片。
watch-answer = 答案：{ $class }，{ $share }。这是刚刚真实计算的 { $layers } 层前向传播。
watch-main = 主分支
watch-sum = 和
watch-cell = 通道 { $channel }，第 { $row } 行，第 { $column } 列：{ $main } + { $shortcut } = { $sum }
watch-scale = 三张图用同一灰度：{ $low } 为黑，{ $high } 为白
watch-layers = 第 { $at } 层，共 { $of } 层
watch-skip = { $pause } 暂停，其他任意键结束短片
watch-paused = 已暂停：{ $key } 继续
watch-end = { $open } 打开这个网络自己运行 · { $again } 重播 · 其他任意键返回
title-mine = 打开网络定义、权重文件或权重
find-mine-typed = Enter 打开键入的路径
find-mine-recent = 打开过
find-mine-spec = 网络定义
find-mine-weights = 权重
find-mine-published = 本机上公布的权重
find-museum = 错误博物馆（museum）：打开有错误（broken）的网络 { $name }

key-start-accept = 进入选中的入口
    .short = 进入
key-start-left = 选择左边的入口
    .short = 选择
key-start-right = 选择右边的入口
key-start-watch = 观看一张图片（picture）通过训练好的网络
    .short = 观看
key-start-lessons = 学习：选择课程
    .short = 学习
key-start-mine = 打开我的网络：网络定义、权重文件、本机上的权重
    .short = 打开
key-watch-pause = 暂停或继续
    .short = 暂停
key-watch-later = 跳到下一个值得看的层
    .short = 下一个
key-watch-earlier = 跳到上一个
key-watch-rewind = 从头播放
    .short = 重播
key-watch-accept = 打开这个网络，自己运行
    .short = 打开
key-watch-back = 结束短片；其他任意键也可以
    .short = 结束
key-search-palette = 在命令中搜索
    .short = 命令
key-catalogue-start = 显示开始界面：观看、学习、打开我的网络
