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

## Gradients and training

gradient-no-derivative = `{ $layer }` 是 { $op }，没有导数，梯度无法通过它。这种层只能用来准备图片。
gradient-needs-classes = `{ $layer }` 输出的是特征图，而损失需要每个类别一个数。请用池化、展平和线性层结束网络。
gradient-labels-count = { $images } 张图片却有 { $labels } 个标签。请给每张图片一个标签。
gradient-label-beyond = 没有标签 { $label }：网络有 { $classes } 个类别，标签从 0 到 { $last }。
data-no-folder = 没有文件夹 { $path }。请给出 --data digits，或含有 MNIST 或 CIFAR 文件的文件夹，或每个类别一个图片子文件夹的文件夹。
data-unknown = { $path } 里没有可识别的数据：既没有 MNIST（train-images-idx3-ubyte）或 CIFAR（data_batch_1.bin、train.bin）的文件，也没有每个类别一个的图片子文件夹。
data-unreadable = 无法读取 { $path }：{ $reason }。
data-cut-short = { $path } 不完整：缺少 { $missing } 字节。请重新下载。
data-too-long = { $path } 的字节比文件头所说的多。请重新下载。
data-not-idx = { $path } 不是 MNIST 那样的 IDX 文件。请检查下载。
data-missing = 缺少 { $path }。这个数据集的所有文件要放在同一个文件夹里。
data-labels-differ = { $path } 有 { $images } 张图片，标签却有 { $labels } 个。这两个文件属于不同的数据集。
data-other-size = { $path } 里的图片与训练图片的大小不同。
data-label-of-file = { $path } 里第 { $picture } 张图片的标签是 { $label }，而数据集只有 { $classes } 个类别。文件已损坏。
data-no-pictures = { $data } 里没有图片。
data-one-class = { $data } 只有一个类别，没有可学的东西。请至少给出两个类别。
data-few = { $data } 只有 { $pictures } 张图片，不够一部分用来训练、一部分用来测试。
data-class-unknown = { $path } 这个类别没有用来训练的图片。
data-picture = 有一张图片不能用：{ $reason }。
data-size = { $data } 的图片是 { $own }，而 { $network } 读取 { $wanted }（通道 × 高 × 宽）。请选择这种大小的网络，或设置 --input-size。
data-label-beyond = { $data }：第 { $picture } 张图片的标签是 { $label }，而 { $network } 只有 { $classes } 个类别。请设置 --classes。
train-nothing-learns = 所有带权重的层都被冻结，没有可训练的东西。
train-diverged = 第 { $step } 步的损失不再是一个数。请降低学习率。
train-diverged-at = 第 { $step } 步的损失不再是一个数；第一个出现这种值的层是 { $layer }。请降低学习率。
train-state-differs = 无法从 { $file } 继续：`{ $tensor }` 不存在或形状不同。它属于另一个网络或另一些冻结的层。
flag-not-negative = 请写一个不小于 0 的数
flag-below-one = 请写一个从 0 到 1（不含 1）的数
gradient-stopped = 反向传播已停止。
gradient-not-finite = 注意：损失不是有限的数；请检查权重和输入。
gradient-title = { $model }，输入 { $input }，权重 { $weights }；{ $mode }
gradient-batch-statistics = 批量归一化用这批数据的统计量
gradient-running-statistics = 批量归一化用运行统计量
gradient-loss = 损失（平均交叉熵）：{ $loss }
gradient-loss-after = 走一步 { $step } 之后的损失：{ $loss }
gradient-ratio = 第一个块的梯度与最后一个块的梯度之比：{ $ratio }
gradient-column-block = 块
gradient-column-tensor = 张量
gradient-column-shape = 形状
gradient-column-norm = ‖梯度‖
gradient-column-rms = 均方根
gradient-column-log = 对数刻度
train-twice = { $net } 写了两次。
train-begun-anew = 注意：这些张量不匹配，重新初始化：{ $tensors }
train-freeze-nothing = { $net } 没有可以冻结的层 { $path }。`table { $net }` 列出它的层。
train-estimate = { $net }：{ $parameters } 个参数，最多 { $memory } 内存，每步 { $step } 毫秒
train-plan = { $data }：{ $train } 张图片用来训练，{ $test } 张用来测试；{ $steps } 步，大约 { $seconds } 秒
train-not-kept = 注意：不会保存任何东西；用 -o 给出文件夹来保存权重和日志
train-epoch = { $net }  第 { $epoch } 轮  损失 { $loss }  训练正确 { $train } %，测试正确 { $test } %  { $rate } 张图片/秒
train-curve-loss = 损失，{ $low } 到 { $high }
train-curve-test = 测试正确率，{ $low } 到 { $high } %
train-saved = { $net }：第 { $epoch } 轮的权重（测试中最好的）在 { $path }
train-stopped = 已停止。没有保存任何东西。
train-stopped-kept = 已停止。到目前为止最好的权重已保存；用 --resume 继续。
train-folder-taken = { $path } 已经存在。请用 --resume 继续那次训练，或选择另一个文件夹。
train-other-net = { $path } 是 { $own } 的日志，不是 { $net } 的。
train-other-setting = 这次训练开始时是 { $option } { $began }，现在会是 { $now }。要继续，请给出相同的设置。
effect-schedule-steps-takes = 只有 --schedule steps 用到它
