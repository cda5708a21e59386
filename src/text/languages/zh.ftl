# Texts of the interface: 中文. Adding a language is copying this file under its code.

## Lessons, on the command line and beside the views

lesson-prompt = {"你的回答> "}
lesson-right = 正确。
lesson-wrong = 不对。
lesson-nothing-typed-help = 没有输入内容。请输入答案；? 看提示，s 看答案，q 离开。
lesson-unreadable = 这不是
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
lesson-enter-next = Enter 开始
lesson-enter-end = Enter 结束课程
lesson-summary = 小结
lesson-your-answer = 你的回答：{ $answer }
lesson-answer-shown = 已显示答案，不计分。
lesson-enter-on = r 重试，Enter 继续
lesson-enter-first = Enter 开始第一题
lesson-enter-type = Enter 输入答案
lesson-choose = 用 ↑ ↓ 选择，Enter 作答
lesson-place-alone = Esc 转到视图，选中那一层，再按 a 作答
lesson-place-beside = 在视图中选中那一层，再按 a 作答
lesson-computing = 正在计算……
lesson-row-is-a-group = 请选一层：这一行是整个块或阶段
lesson-no-layer = 这里没有选中任何层
lesson-nothing-typed = 没有输入内容。
lesson-score = 答对 { $right } / { $all }
lesson-tries = { $count } 次
lesson-with-the-hint = 看过提示
lesson-not-answered = 未作答
lesson-hidden = 回答之后才显示
lesson-unreadable-files = 课程无法读取

## A spec that is broken on disk

fault-line = { $fault }；{ $numbers }
fault-gone = ✗ { $file } 不见了
fault-at = ✗ { $file }:{ $line } 有错误
fault-somewhere = ✗ 文件有错误
fault-last-good-of = 显示的是 { $time } 的正确版本
fault-last-good = 显示的是上一个正确的版本
fault-parent = 显示的是其上级 { $parent } 的数字
fault-readable = 数字来自能读取的部分

## Notices in the footer

notice-text-cut = 只保留前 { $count } 个字符
notice-no-shell = 没有可返回的 shell：q 退出
notice-pass-runs = 正在前向传播：请先停止
notice-has-run = 这一层已经运行：p 后退一层，0 回到开头
notice-errors-first = 请先修正网络的错误：见“检查”
notice-no-fix-made = 没有可撤销的修正
notice-no-match = 没有匹配的项
notice-q-quits = q 退出
notice-no-pass = 请先开始运行：w 选择权重和输入
notice-no-fix = 这个问题没有自动修正：请看说明
notice-line-without-layer = 这一行不单独生成层
notice-no-norm = 这个网络没有 BN
notice-about-file = 这个问题与某一层无关，而在文件本身
notice-stops-marked = 在标记的层停下
notice-stops-additions = 在每次相加处停下
notice-stops-stages = 在每个阶段末尾停下
notice-end = 已到终点：0 回到开头
notice-no-back = 没有可以返回的地方
notice-no-forward = 没有可以前进的地方
notice-no-export = 这个视图不能写入文件
notice-nothing-to-choose = 这里没有可选的
notice-closest = 已经放到最大
notice-farthest = 已经缩到最小
notice-no-branch = 这一侧没有分支；f 沿跳过的边走
notice-no-reader = 没有层使用它的输出
notice-no-input = 这一层没有输入
notice-fetching = 正在载入权重和输入……
notice-sending = 正在运行一批……
notice-measuring = 正在测量……

## Titles of panes, lists and windows

title-lessons = 课程
tab-forward = 正向
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
title-about = 简介
title-checks = 检查
title-layers = 层
title-spec-makes = 生成的网络
title-problem = 问题、位置、修正
title-downsampling = 下采样
title-distribution = 数值分布
title-run = 让一张图片通过网络
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
context-layers = 层表
context-detail = 详情栏
context-graph = 图
context-checks = 检查
context-spec = 规格
context-forward = 正向传播
context-explained = 解释一个值
context-running = 运行时
context-chooser = 权重和输入
context-typing = 输入权重或输入时
context-picker = 列与排序
context-finder = 可搜索的列表
context-laboratory = BN 实验室
context-lesson = 课程
context-question = 课程题目
context-answered = 已答的题目
context-answering = 输入答案时
context-beside = 课程旁的视图
context-help = 帮助
context-files = 权重和图片文件
context-scatter = 网络散点图
context-opened = 从别的画面打开的网络
context-tree = 树
context-compare = 两个网络并排

## The view of the checks

checks-no-downsampling = 没有
checks-none = ✓ 没有发现问题

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
column-dilation = 空洞
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
column-reads = 读入
column-puts-out = 输出
column-params-millions = 参数, M
column-macs-billions = 乘加, G
column-activations-millions = 激活, M
column-top-1 = top-1, %

## Severities

severity-error = 错误
severity-warning = 警告
severity-note = 提示
snippet-help = 怎么改

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
stats-blocks = 残差块
stats-downsamples-at = 缩小之处
stats-pixels = 像素
check-errors = { $count } 个错误
check-warnings = { $count } 个警告
check-both = { $name }：{ $errors }，{ $warnings }
check-nothing = { $name }：没有可检查的
list-broken = 你的文件夹里的 { $name } 有错误：{ $error }（`check { $name }` 列出全部）
check-facts = { $layers } 层，{ $blocks } 个残差块两路形状一致，{ $pixels } 像素
check-facts-plain = { $layers } 层，{ $blocks } 个块没有捷径，{ $pixels } 像素
check-ok = { $name }：通过，{ $facts }
check-ok-but = { $name }：通过，{ $warnings }；{ $facts }
check-checked = 检查了 { $count } 个网络，{ $wrong } 个有错误

## Options without effect, and what takes them

effect-none = 在 `{ $command }` 中，{ $option } 不起作用；{ $acts }
effect-none-beside = { $beside } 时，{ $option } 不起作用；{ $acts }
effect-beside = 有 { $option }
effect-without = 没有 { $option }
effect-dot-svg-mermaid-markdown-csv = 可用于 dot、svg、mermaid、markdown 和 csv
effect-dot-svg-mermaid-take = 可用于 dot、svg 和 mermaid
effect-stage-one-box = 一个阶段本来就是一个框
effect-dot-svg-take = 可用于 dot 和 svg
effect-svg-volumes-html-take = 可用于 svg、volumes 和 html
effect-html-takes = 可用于 html
effect-model-begins-networks-own-input = 模型从网络自己的输入开始；其他格式都可用
effect-flowchart-shows-prepares-picture-level = 流程图只有用 --level layer 才画出图片预处理
effect-graph-shows-prepares-picture-level = 图只有用 --level layer 才画出图片预处理
effect-module-takes-any-batch = 模块可用于任意批大小
effect-batch-any-size = 批大小此时不固定
effect-onnx-takes = 可用于 onnx
effect-weights-write = 没有权重可写
effect-stdout-name-file = 那是标准输出；请写文件名
effect-flowchart-layers-counts-nothing = 各层的流程图不统计数量
effect-name-network-in-resnet-explore = 请写网络的名字，例如 `resnet-explore explore resnet50 --input-size 320`
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
effect-value-explained-plain-kernels = 解释数值用的是普通内核
effect-training-runs-on-plain-kernels = 训练本来就用普通内核
effect-value-explained-plain-kernels-anyway = 解释数值本来就用普通内核
effect-laboratory-looks-whole-channel-leave = 实验看的是整个通道；请去掉其中一个
effect-laboratory-pictures-its-own-networks = 实验用自己的图片，大小与网络一致
effect-text-json-show-classes = text 和 json 显示类别
effect-one-value-classes = 一个数值没有类别
effect-every-other-form-products = 其他格式都包含所有乘积
effect-lessons-listed = 所有课程都会列出
effect-both = { $first }、{ $second }

## Problems: what is said around them

problem-about = { $path }：{ $problem }
problem-same-at = { $problem }；同样的还有 { $layers }
problem-same-at-more = { $problem }；同样的还有 { $layers }，另有 { $count } 处
help-did-you-mean = 是不是想写 `{ $name }`？

## Problems: reading a spec

problem-file-unreadable = { $file } 无法读取：{ $reason }
file-not-found = 没有这个文件
file-not-permitted = 没有读取的权限
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
problem-expected = 这里需要{ $wanted }，写的是{ $found }
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
problem-parent = 被继承的 `{ $name }` 无法载入：{ $reason }
problem-inherits-circle = 网络定义循环继承：{ $chain }
problem-inherits-long = 继承链超过 { $most } 级：{ $chain }
help-end-circle = 把其中一个写完整，不用 `inherits`
help-inherit-nearer = 请继承链上更靠前的网络定义

## Problems: calculations

problem-calculation-unreadable = 这个算式无法识别：{ $reason }
help-write-names-and-numbers = 写整数，或由名字、数字、+ - * / 和括号组成的算式：`"4 * width"`
problem-name-unreadable = 这个名称无法识别：{ $reason }
help-write-name = 名称的写法如 `{ $example }`
expr-too-long = 超过 { $most } 个字符
expr-too-deep = 括号嵌套超过 { $most } 层
expr-unexpected = `{ $before }` 之后不应有 `{ $sign }`
expr-no-function = `{ $name }` 不是函数；可用的函数有 `max`、`min`、`log2`
expr-arguments = `{ $name }` 需要 { $count } 个值，写了 { $found } 个
expr-unclosed = 缺少右括号
expr-incomplete = 末尾缺少数字或名字
expr-not-whole = `{ $word }` 不是整数
expr-neither = `{ $sign }` 既不是数字也不是名字
expr-brace-open = `{ $sign }` 没有闭合
expr-unknown = 这里没有定义 `{ $name }`
expr-divides-by-zero = `{ $text }` 除以零
expr-logarithm = `{ $text }` 对小于 1 的数取对数
expr-too-large = `{ $text }` 太大
help-known-names = 这里可用的名字：{ $names }
help-divide-by-another = 除数要用此处不为 0 的数或名字
help-logarithm = 取对数的数至少为 1，如 `log2(max(1, width))`
help-smaller-numbers = 请用小一些的数
problem-uneven = `{ $text }` 沿高为 { $height }，沿宽为 { $width }，而这里只能是一个数
help-even = 让两个方向的数相同，或用两个方向相等的名字来计算
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
problem-blocks-of-one-name = 两个残差块都叫 { $path }
help-block-name = 残差块的名称要包含阶段和块的编号：`{ $example }`
help-template-names = 阶段的名称可用 `stage`，残差块的名称可用 `stage` 和 `block`
problem-shortcut-none = `shortcut = "none"` 不加任何东西，这里却给了它层
help-rename-none = 给捷径换个名字，如 `[define.shortcuts.own]`，并写 `shortcut = "own"`；或去掉它，`"none"` 就不加任何东西
problem-values-for-channels = `{ $key }` 有 { $count } 个值，而通道有 { $channels } 个
help-one-per-channel = 每个通道一个值，或全部用一个数
help-one-per-channel-commas = 每个通道一个值，用逗号隔开，或全部用一个
problem-mean-without-std = `mean` 和 `std` 要一起写，现在缺一个
help-mean-and-std = 两个都写，每个通道一个值
problem-inherited-values = 输入有 { $channels } 个通道，而 `preprocess` 继承来的 { $keys } 有 { $count } 个值
help-preprocess = `preprocess` 要给每个通道一个均值和一个标准差：`{ $example }`
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
problem-attention-in-attention = 注意力里又有注意力，会没有尽头地包含自己
help-write-layers = 直接写出各层，或用 `{ $example }` 表示门中之门
problem-even-kernel = 卷积核是 { $size }，应为奇数，通道数才不变
help-write-odd = 写 { $less } 或 { $more }
help-whole-squares = 让输入的边长在这里是 { $block } 的倍数，或先在边上补零：`{ $example }`
problem-dropout = p 是 { $number }，应在 0 到 1 之间
help-dropout = 写训练时丢弃的比例，例如 0.5
problem-no-tensor-yet = 这里还没有张量：这个数之前只有图片
help-after-convolution = 请放在卷积之后；图片的缩放和平移由 `preprocess` 完成
problem-split-at-start = { $channels } 个通道从开头就分开，没有通道按实例归一化
problem-split-at-end = { $channels } 个通道在第 { $first } 个之后分开，没有通道按批归一化
problem-split-of-one = 一个通道不能分开
help-split-more = 这里写 `kind = "batch"`，或让前一层至少输出 2 个通道
help-split-range = `instance` 应在 1 到 { $most } 之间
steps = { $steps }
steps-resize = 短边缩放到 { $side }（{ $filter }）
steps-crop = 取中间 { $size }
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

legality-acyclic = 没有层直接或经过别的层读取自己的输出；每层只以前面的层的输出为输入。
legality-one-source = 恰好有一层没有输入：输入层。
legality-one-sink = 恰好有一层的输出不送往别的层：输出层。
legality-arity = 相加有两个输入，输入层没有输入，其他层都有一个输入。
legality-unique-paths = 没有两层的路径和调用次序都相同，没有两个带参数的模块共用一个路径。
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
problem-circle = 各层互相依赖，成了环：{ $paths }
problem-operands = 主分支 { $main }，捷径 { $shortcut }
problem-summands = { $first } 和 { $other } 不能相加
problem-gate = 特征图 { $map }，门 { $gate }
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
help-rename = 给其中一层换个名字
help-rename-with-places = 给其中一层换个名字：它们写在 { $first } 和 { $second }
help-rename-module = 给这一层换个名字：阶段和残差块的权重都在它们自己的路径之下
help-gate = 门是每个通道一个数：先在其中取均值（`mean = "mean"`），最后一个带通道的层输出 { $channels } 个通道
help-joined = 让拼接的各路步幅相同
help-norm-groups = `groups` 要能整除每个归一化的通道数，此处是 { $channels }，例如写 { $near }
help-divisible-width = 选能被 { $groups } 整除的宽度，例如 { $near }，或减少分组
help-smaller-dilation = 用更大的输入、更小的空洞率，或减少之前的下采样
help-smaller-kernel = 用更大的输入、更小的卷积核，或减少之前的下采样
help-more-values = 用更大的输入，减少之前的下采样，或换一种归一化或池化
help-use-projection = 通道减少处用投影捷径（`shortcut = "projection"`）
help-order-of-layers = 请检查次序：先特征图，再展平，最后线性层
help-layer-before = 让前一层输出 { $channels } 个通道
help-size-of-one = 大小至少为 1
help-padding-at-most = 用更小的卷积核或空洞率，或让 `padding` 不超过 { $most }
help-at-most = 不超过 { $most }
help-skip = 绕过全部阶段的捷径把 stem 的 { $stem } 加到 { $body } 上：给它加层，让两者形状一致，如 `{ $example }`，或写 `skip = "none"`
help-shortcut-channels = 让捷径与主分支的输出通道数相同：{ $channels }
help-same-stride = 让主分支和捷径的步幅相同
help-stride-of-block = { $path } 在每个残差块里步幅都是 { $stride }，而 `strides` 没有这样写的地方用恒等捷径：请在那里写 `stride = "stride"`
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
help-norm-after-relu = 次序是卷积、归一化、ReLU（Ioffe 和 Szegedy，2015 年，3.2 节）：请交换两者
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
problem-head-tied-to-size = head 展平了 { $size } 像素：线性层只适合这一种大小的图片
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
notice-undone = 已撤销：{ $fix }
notice-file-changed = { $file } 在读取之后变过：没有写入
fault-headline = { $file } 第 { $line } 行：{ $problem }
fault-cannot-run = { $path } 不能运行：{ $why }；按 4 看怎么修正
fault-breaks-a-rule = 它违反规则
checks-f-applies = f 应用修正：{ $fix }
checks-what = 检查过：网络定义的键和值，{ $rules } 条合法性规则（一个输入、一个输出、无环、每层形状一致……），以及步幅和投影捷径的位置等。

## Budgets of the command check

cost-parameters = 参数量
cost-operations = 按规则 { $rule } 的运算量
cost-activations = 激活量
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
check-page = { $page }：`resnet-explore check --explain { $rule }` 显示手册的这一页
check-one-output = --output 只写一个修正后的网络定义：请只给一个网络
check-fix-built-in = { $name } 是内置网络：用 --output 文件 写出修正后的副本
check-fix-no-file = { $name } 不能原地写入：用 --output 文件 写出修正后的副本
check-no-fix = { $name }：没有可以直接应用的修正

## The command explain

explain-is = 是 { $title }（{ $net }）的{ $what }：{ $value }
explain-of-all = { $confidence }；在搜索过的全部组合中，有 { $count } 个是这些数字。
explain-quoted = { $title } 常见的说法
explain-advice = 换一个单位（G、M）试试，或用 `--net` 给出规格文件。
explain-marks = `*` 标出恰好是这些数字的；`resnet-explore stats 名字 --count all` 说明每条规则计什么。
explain-certain = 确定：分毫不差
explain-likely = 很可能：其他符合的更少见
explain-unsure = 不确定：别的组合同样符合
explain-guess = 猜测：没有恰好是这些数字的
explain-unknown = 未知：目录中没有接近的

## Labels, in tables and details

label-picture = 图片
label-operations = 运算
label-moved = 移动
label-changed = 改变
label-costs = 代价
label-read = 读入
label-product = 乘积
label-appeared = 新增
label-gone = 消失
label-follows = 随之
label-rounded = 四舍五入
label-cut = 截断
label-mode = 模式
label-time = 用时
label-inference = 推理
label-training = 训练
label-shape = 形状
label-mean = 均值
label-min = 最小
label-max = 最大
label-height = 高度
label-width = 宽度
label-computes = 计算
label-written-in = 写在
label-name = 名字
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
label-classes = 类别
label-value = 数值
label-fit = 符合
label-quoted-as = 写作
label-published = 公布
label-crop = 裁剪
label-interpolation = 插值
label-known-weights = 已知权重
label-compare = 比较
label-differences = 差异
label-first = 第一个
label-second = 第二个
label-list = 列表
label-mark = 标记
label-rule = 规则
label-answer = 作答
label-batches = 批次
label-catalogue = 目录
label-channel = 通道
label-constant = 常数
label-explain = 解释
label-filter = 筛选
label-fix = 修复
label-help = 帮助
label-hint = 提示
label-maps = 特征图
label-step = 下一步
label-table = 表格
label-view = 视图

## Words that are another thing at the head of a column

heading-error = 误差
heading-note = 备注
heading-where = 在哪里

## Keys: a sentence for the help and the list of commands; .short is the word in the footer

key-lists-up = 上移
key-lists-down = 下移
key-lists-page-up = 上翻一页
key-lists-page-down = 下翻一页
key-lists-first = 到第一行
key-lists-last = 到最后一行

key-catalogue-accept = 打开网络；在家族上则折叠或展开
    .short = 打开
key-catalogue-search = 按名称、标题、家族或论文搜索
    .short = 搜索
key-catalogue-lessons = 选择课程
    .short = 课程
key-catalogue-plot = 网络散点图：准确率对代价
    .short = 散点图
key-catalogue-turn-trained = 准确率：只用 ImageNet-1k 训练的权重，或训练数据不限
key-catalogue-mark = 标记或取消标记，用于比较
    .short = 标记
key-catalogue-compare = 比较两个做了标记的网络，或把标记的与这个比较
    .short = 比较
key-catalogue-pick-sort = 按数值排序，或恢复按系列
    .short = 排序
key-catalogue-turn-sort = 颠倒顺序

key-scatter-accept = 打开选中的网络
    .short = 打开
key-scatter-to-left = 到左边最近的点
    .short = 走动
key-scatter-to-right = 到右边最近的点
key-scatter-to-up = 到上方最近的点
key-scatter-to-down = 到下方最近的点
key-scatter-dearer = 到代价次高的一个
key-scatter-cheaper = 到代价次低的一个
key-scatter-turn-axis = 横轴为乘加或参数
    .short = 乘加或参数
key-scatter-turn-trained = 准确率：只用 ImageNet-1k 训练的权重，或训练数据不限
key-scatter-plot = 回到列表
    .short = 列表
key-scatter-back = 搜索之后显示全部网络，否则回到列表
key-scatter-search = 按名称、标题、家族或论文搜索
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

key-layers-accept = 展开或折叠；在层上则查看详情
key-layers-detail = 转到详情栏
    .short = 详情
key-layers-switch-bars = 条形在乘加和参数之间切换
    .short = 条形
key-layers-switch-numbers = 数字完整显示，或以千、百万等为单位
key-layers-pick-columns = 选择列
    .short = 列
key-layers-pick-ranking = 按某个数值给层排序，或恢复树形
    .short = 排序
key-layers-filter = 只显示含有某些词的层，例如 conv 3×3 stride 2
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
key-graph-follow = 沿离开主路的边走：从块的开头到相加处
    .short = 沿边走
key-graph-follow-back = 沿汇入主路的边返回
key-graph-pan-up = 向上滚动
key-graph-pan-down = 向下滚动
key-graph-pan-left = 向左滚动
key-graph-pan-right = 向右滚动

key-spec-fix = 应用第一个修正
key-spec-undo-fix = 撤销上一个修正
key-spec-accept = 在表中显示这一行生成的层
    .short = 到该层

key-checks-accept = 在表中显示这一层
    .short = 到该层
key-checks-fix = 把所选问题的修正应用到网络定义；内置的会先复制
    .short = 修复
key-checks-undo-fix = 撤销上一个修正
key-checks-to-spec = 显示规格中的那一行
    .short = 到那一行

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
key-compare-swap-sides = 交换两个网络
key-compare-pick-rule = 选择计数规则
key-compare-pick-size = 改变输入的高和宽
key-compare-pick-batch = 改变批大小
key-compare-pick-classes = 改变类别数

key-running-cancel = 在下一层停止运行
    .short = 停止

key-forward-step = 运行下一层
    .short = 下一步
key-forward-step-back = 后退一层
    .short = 后退
key-forward-run-all = 运行到底
    .short = 全部运行
key-forward-explain = 解释一个值：它是怎样算出来的
    .short = 解释
key-forward-changes = 关闭一块、把一条分支置零、移动步幅……再从那里重新运行
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
key-forward-switch-mode = 用本批统计量归一化，或恢复用移动平均
key-forward-toggle-stop = 在所选层之后停下，或不停
key-forward-turn-stops = 在每次相加处、每个阶段末尾或仅在标记处停下
key-forward-slower = 放慢，逐层观看
key-forward-faster = 加快
key-forward-earlier = 时间线：前一层
key-forward-later = 时间线：后一层
key-forward-longest = 到用时最长的层，或被修改影响最大的层
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
    .short = 次序
key-explained-step = 运行下一层，并解释那里的值
    .short = 下一步
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

key-chooser-accept = 用两个列表中选中的项开始
    .short = 开始
key-chooser-other-list = 转到另一列表
    .short = 另一列表
key-chooser-type-choice = 不用列表，输入种子或文件
    .short = 输入种子或文件
key-chooser-find-file = 查找权重文件或图片
    .short = 查找文件

key-files-accept = 选择文件，或打开文件夹
    .short = 打开
key-files-folder-up = 到上级文件夹
    .short = 上级文件夹
key-files-back = 回到权重和输入的列表
    .short = 返回

key-typing-accept = 确认输入
    .short = 确认
key-typing-back = 保留原来的值
    .short = 取消
key-typing-erase = 删除最后一个字符

key-picker-accept = 显示或隐藏该列；按该数值排序
    .short = 选择

key-finder-accept = 选择所选行，或输入的文字
    .short = 选择
key-finder-back = 关闭列表
    .short = 关闭
key-finder-erase = 删除最后一个字符
key-finder-up = 上移
key-finder-down = 下移
key-finder-page-up = 上翻一页
key-finder-page-down = 下翻一页

key-laboratory-next-maps = 下一个通道
    .short = 通道
key-laboratory-previous-maps = 上一个通道
key-laboratory-enlarge = 更大的批：1、4、16、64 张
    .short = 更大的批
key-laboratory-shrink = 更小的批
key-laboratory-step = 再送一批：移动平均随之变化
    .short = 批次
key-laboratory-step-back = 减少一批
key-laboratory-constant = 用常数代替图片，或恢复图片
    .short = 常数
key-laboratory-back = 关闭实验室
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
key-lesson-look = 让视图回到题目所说之处
key-lesson-leave-lesson = 离开课程；已答的会保留
    .short = 离开

key-beside-answer = 用选中的层作答，或把按键交给课程
    .short = 作答

key-help-back = 关闭帮助
    .short = 关闭

key-network-tab-layers = 层的表格
key-network-tab-graph = 图：方框和边
key-network-tab-forward = 逐步的正向传播
key-network-tab-checks = 问题与提示
key-network-tab-spec = 规格文件及其生成的网络
key-network-next-tab = 下一个视图
    .short = 下一视图
key-network-previous-tab = 上一个视图
key-network-find-layer = 按路径或作用跳到某层
    .short = 查找
key-network-laboratory = 查看选中的或其后的 BN：统计量、公式、直方图
key-network-pick-rule = 选择计数规则
key-network-pick-size = 改变输入的高和宽
key-network-pick-batch = 改变批大小
key-network-pick-classes = 改变类别数
key-network-compare-with = 与另一个网络比较

key-opened-back = 回到目录或比较
    .short = 后退

key-anywhere-back = 离开最近打开的
key-anywhere-undo = 回到上一次跳转之前
key-anywhere-redo = 再次前进
key-anywhere-export = 把当前视图写入文件
key-anywhere-lessons = 选择课程：先预测，再由网络裁定
key-anywhere-next-theme = 换配色：深色、浅色、高对比、无色
key-anywhere-switch-ascii = 只用 ASCII 绘制，或恢复全部符号
key-anywhere-palette = 按文字查找命令
    .short = 全部命令
key-anywhere-help = 显示按键
    .short = 帮助
key-anywhere-quit = 退出
    .short = 退出

key-always-quit = 退出
key-always-suspend = 把终端交还给 shell，fg 回来

## What stands between the parts of a list

joint-comma = 、
joint-or = {" 或 "}
joint-and = {" 和 "}
joint-semicolon = ；
