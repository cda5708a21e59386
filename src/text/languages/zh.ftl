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
weights-passed-over = 略过 { $count } 个不属于该网络的张量：{ $names }
weights-and-more = { $names } 以及另外 { $count } 个
weights-twice = 文件中有两份该网络的权重，分别在 `{ $first }` 和 `{ $second }` 之下：请用 `--entry { $entry }` 选择一份
weights-no-entry = 没有条目 `{ $entry }`；现有条目：{ $known }
weights-no-entries = 没有条目 `{ $entry }`，文件中没有任何条目
shards-long = 索引超过 { $limit } MiB：权重文件用不到这么大
shards-damaged = 索引不完整（{ $cause }）：请重新下载
shards-many = 索引列出 { $count } 个文件，超过 { $limit } 个：权重文件用不到这么多
shards-elsewhere = 索引列出 `{ $file }`，但它不是旁边的文件
shards-missing = 分片权重文件的索引列出 { $file }，但无法读取（{ $reason }）：请把索引列出的所有文件下载到同一个文件夹
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
closest-renamed = { $name } 吻合：全部 { $wanted } 个张量，只是名称不同
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

## 错误、组成部分与列表

output-error = 错误：{ $message }
output-note = 提示：{ $message }
with-help =
    { $problem }
    帮助：{ $help }
text-lines = { $lines }
text-list = { $parts }
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
system-pipe = 这是管道，可能没有尽头：请先把内容写入文件
system-socket = 这是套接字，不是文件
system-device = 这是设备，不是文件
file-unreadable = 无法读取 { $file }：{ $reason }；请检查路径和读取权限
file-unwritable = 无法写入 { $file }：{ $reason }；文件没有改动
file-no-directory = 没有文件夹 { $directory }
file-exists = 文件已存在；加 --force 可替换
file-read-only = 现有文件是只读的
file-too-large = 超过这里允许的最大文件
file-no-new-files = 所在文件夹不允许新建文件
file-has-changed = { $file } 在读取之后被改动过：没有写入
folder-unreadable = 无法读取这个文件夹：{ $reason }
folder-unmakeable = 无法新建 { $folder }：{ $reason }
remembered-damaged = { $file } 已损坏：重新开始
remembered-newer = { $file } 来自更新的 resnet-explore，保持不变：重新开始
remembered-nothing = 没有保存状态：{ $reason }
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
picture-too-large = { $file } 有 { $width }×{ $height } 像素，超过 { $limit } 百万；请缩小
picture-channels = { $file } 有 1 或 3 个通道，而网络的输入是 { $channels } 个通道；请用输入为 1 或 3 通道的网络
picture-no-pixels = 没有像素
picture-cut-short = 文件不完整：缺少结尾
picture-resize = 短边缩放到 { $side }（{ $filter }）
picture-crop = 取中间 { $size }
picture-bgr = 蓝色在前

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
weights-directory = 这是文件夹：请写其中的权重文件
weights-directory-such-as = 这是文件夹：请写其中的权重文件，例如 { $file }
weights-not-finite = `{ $name }`：{ $counts }
weights-nan = { $all } 个值中有 { $count } 个不是数（NaN）
weights-infinite = { $all } 个值中有 { $count } 个无穷大
weights-negative = { $all } 个值中有 { $count } 个小于 0，方差不可能如此
weights-more-tensors = 另有 { $count } 个张量
weights-no-finite-pass = 用 { $file } 无法得到有限的结果：{ $tensors }
weights-train-again = 请重新训练或保存：非有限的值会传给之后的每一层

## 不是权重文件的文件

foreign-git-lfs = 这是 Git LFS 指针：请用 `git lfs pull` 取得文件本身
foreign-web-page = 这是网页，是服务器代替文件发来的：请下载文件本身
foreign-onnx = 这是 ONNX 模型，本程序只写不读：请在 PyTorch 中保存原网络的 `state_dict`
foreign-gzip = 这是压缩文件：请用 `gunzip` 解开
foreign-tar = 这是 tar 包：请解开；PyTorch 0.1 写的文件要用更新的 PyTorch 重新保存
foreign-npy = 这是 NumPy 的单个数组（.npy）：权重文件要有网络的全部张量及其名字；请保存 `state_dict`
foreign-gguf = 这是 GGUF 文件，用于语言模型：请写 PyTorch 或 safetensors 的权重文件
foreign-tflite = 这是 TensorFlow Lite 的模型：名字和排列与 PyTorch 不同；请用 PyTorch 的权重
foreign-hdf5 = 这是 HDF5，由 Keras 写成：名字和排列与 PyTorch 不同；请用 PyTorch 的权重，或在 Python 中改名、转置后用 `safetensors.torch.save_file` 保存
foreign-torch-export = 这是 `torch.export` 的程序（.pt2），不是权重文件：在 Python 中用 `torch.save(torch.export.load(FILE).state_dict, "weights.pth")` 保存它的权重
foreign-keras = 这是 Keras 的模型：名字和排列与 PyTorch 不同；请用 PyTorch 的权重
foreign-npz = 这是 NumPy 数组的归档（.npz）：如果名字与网络的 `state_dict` 相同，在 Python 中用 `torch.save(dict((k, torch.from_numpy(v)) for k, v in numpy.load(FILE).items()), "weights.pth")` 可存成权重文件
foreign-dcp = 这是 torch.distributed.checkpoint 的文件夹：请用 `python -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER FILE.pth` 合成一个文件
foreign-index = 这是分片权重文件的索引，没有张量：请把列出的文件合成一个，在 Python 中用 `torch.save` 保存成一个字典
foreign-json = 这是 JSON，没有张量：请写旁边的权重文件
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
archive-method = `{ $name }` 用方法 { $method } 压缩，不支持；请不压缩保存
archive-encrypted = `{ $name }` 已加密；请先解开归档
archive-claims = `{ $name }` 声称由 { $packed } 字节解出 { $bytes } 字节，不可能：文件已损坏或有恶意
archive-twice = 有两个文件都叫 `{ $name }`：文件已损坏或有恶意
archive-overlap = `{ $first }` 与 `{ $second }` 重叠：文件已损坏或有恶意
archive-checksum = 校验和不符：文件已损坏（或保存时关闭了 `compute_crc32`）；请重新下载或保存
archive-beyond = 存储区超出文件结尾
archive-small-part = 它只占 { $bytes } 个压缩字节中的一小部分，不为它解压；请不压缩保存
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
pickle-import-name = 有一处导入没有名字
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
pickle-storage-name = 有存储区没有名字：文件已损坏
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
state-no-names = 文件中没有带名称的张量：请写权重文件的名字
state-no-tensors = 文件中没有张量：请写权重文件的名字
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
fit-summary-prefix = 张量：名字去掉 `{ $prefix }` 后，{ $wanted } 个中 { $fitting } 个匹配；{ $tally }
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
fit-layout-names = 文件的名字来自 Keras、TensorFlow 或 JAX（`{ $name }`）：那里卷积核的次序是 高 × 宽 × 输入 × 输出，这里是 输出 × 输入 × 高 × 宽；请用 `kernel.transpose(3, 2, 0, 1)` 转换，矩阵用 `.T`，并改用 PyTorch 的名字
fit-layout-shapes = { $count } 个张量的维度次序是 Keras、TensorFlow 或 JAX 的：那里卷积核是 高 × 宽 × 输入 × 输出，这里是 输出 × 输入 × 高 × 宽；请用 `kernel.transpose(3, 2, 0, 1)` 转换，矩阵用 `.T`，并改用 PyTorch 的名字
fit-detector = 这是检测网络，主干在 `{ $prefix }` 之下；在 Python 中用 `{ $code }` 取出主干
fit-segmentation = 这是分割网络，主干在 `{ $prefix }` 之下；在 Python 中用 `{ $code }` 取出主干
fit-averaged = 平均权重（EMA）带有前缀 `{ $prefix }`；在 Python 中用 `{ $code }` 去掉
fit-prefix = 名字带有前缀 `{ $prefix }`；在 Python 中用 `{ $code }` 去掉
fit-twice = 文件中有不止一份网络：在 `{ $first }` 和 `{ $second }` 之下
fit-optimiser = 张量中有优化器的状态（{ $names }）：这是整个训练检查点
fit-classes = 文件的分类头是 { $found } 类；网络是 { $wanted } 类
fit-other-head = 文件没有 `{ $head }`，而有另一种 head：它是为别的任务训练的
fit-no-head = 文件没有 head（`{ $head }`）：只有特征部分
fit-input = 文件的输入图片是 { $found } 通道；网络是 { $wanted } 通道
fit-names = 张量的名字与网络不同：文件来自另一个程序或另一个系列
fit-check = `{ $command }` 给出同样的内容；加 `--format json` 得到 JSON
fit-no-file = 没有文件 { $file }，而且权重文件不是网络：请先写网络，再把文件写在 --weights 之后
fit-alone =
    { $file } 是有 { $count } 个张量的权重文件，不是网络：请先写网络，再把文件写在 --weights 之后
      { $closest }
fit-alone-closest =
    { $closest }
    帮助：{ $command }
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
differs-pre-activation = 文件是 v2 网络：残差块在卷积之前归一化（预激活），网络的在卷积之后
differs-post-activation = 文件不是 v2 网络：残差块在卷积之后归一化，网络的在卷积之前（预激活）
differs-stem = stem 不同：文件的是 { $file }，网络的是 { $network }
differs-no-kernel = 没有卷积核
differs-attention = 注意力不同：文件的残差块有 { $file }，网络的有 { $network }
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
engine-one-value = { $path } 每个通道只有一个值，算不出方差：请加大批或输入，或用推理模式
engine-beside = { $layer } 会超出特征图（`{ $reach }`），所以没有开始快速计算；这是程序的错误，`--plain` 不受影响
engine-beside-map = 有一步会超出特征图（`{ $reach }`），所以没有开始快速计算；这是程序的错误，`--plain` 不受影响
engine-memory = 前向传播需要 { $needed } 内存，超过上限 { $limit }：请减小批、输入或网络
engine-memory-free = 前向传播需要 { $needed } 内存，而本机只剩 { $free }：请减小批、输入或网络
engine-too-large = 有特征图对快速内核来说太大：请用更小的输入
engine-no-kernel = 处理器不支持 { $kernel }；支持 { $kernels }
engine-no-instructions = 处理器不支持所需的指令
choice-no-weights = { $name } 没有内置权重；请用 synthetic:0 或权重文件
choice-no-samples = { $name } 没有样本；请用 synthetic:0 或图片文件
choice-no-such-sample = 没有 sample:{ $number }；样本是 sample:0 到 sample:{ $last }
choice-batch = 一张图片的批大小是 1，不是 { $size }；请为每张图片写一个 --input，或用 sample:N、synthetic:SEED
choice-weights-form = `{ $text }` 不是 shipped、synthetic:SEED、FILE.safetensors、FILE.pth 之一
choice-input-form = `{ $text }` 不是 sample:N、synthetic:SEED、图片文件之一
choice-no-input = 网络没有输入
lab-no-layer = 没有 `{ $path }` 这一层；{ $help }
lab-other-layer = `{ $path }` 是 { $op }，不是批归一化；{ $help }
lab-no-channel = 没有通道 { $channel }：`{ $path }` 有 { $channels } 个，从 0 数起
lab-norms = 它的批归一化从 `{ $first }` 到 `{ $last }`
lab-no-norms = 这个网络没有批归一化
explain-no-cell = { $path } 的输出是 { $shape }；没有{ $cell }
explain-not-run = { $path } 还没有运行，或数值没有保留
pass-failed =
    { $reason }

    w：换用别的权重或输入
pass-panicked = 前向传播因程序错误而中断

## 对前向传播的改动

edit-refused = { $path }：{ $reason }
edit-main-path = 关闭 { $block }：主分支置零
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
edit-no-colours = 只有图片才有颜色次序
edit-side = 边长是 1 到 { $limit } 像素
edit-one-per-channel = 每个通道要一个均值和一个标准差
edit-deviation = 标准差要大于 0
edit-other-step = 这是另一种步骤

## 解释前向传播的一个值

value-nothing = 没有可以解释的内容
value-title = { $path } { $cell } = { $value }
value-setting = { $model } · 权重 { $weights } · 输入 { $input } · { $mode }
value-sees-pixel = 只看到图片（{ $picture }）的一个像素：第 { $row } 行、第 { $column } 列
value-sees = 看到图片的第 { $rows } 行、第 { $columns } 列：{ $size } 像素，图片共 { $picture } 像素
value-verdict = = { $computed }  { $sign } 前向传播得 { $value }：{ $apart }
value-equal = 完全相等
value-apart = 相差 { $difference }，容许 { $allowed }
value-not-finite = = { $computed }  ✗ 前向传播得 { $value }，不是有限的数
value-picture = 图片自己的数值
value-in-all = 合计 { $value }，{ $how }
value-rounded = 舍入为整数
value-rounded-columns-first = 先沿列舍入，再沿行舍入
value-rounded-rows-first = 先沿行舍入，再沿列舍入
value-zeroed = 这个通道被置零
value-filled = 捷径没有这个通道：补零
value-border = 位于填充区
value-outside = 位于图片之外
value-largest = { $window } 个值中的最大值
value-moments = μ = { $mean }，σ² = { $variance }，取 { $count } 个值，除以个数减一
value-main-path = 主分支
value-shortcut = 捷径
value-silenced = { $path }，已置零
value-gate = 数值 × 通道 { $channel } 的门
value-shares = exp(x) / Σ exp(x)，跨各张特征图
value-copy = 由 { $path } 原样传来，{ $cell }
value-running-statistics = μ 和 σ² 是训练时存下的移动统计量
value-batch-statistics = μ 和 σ² 取自本批：该通道的 { $count } 个值
value-group-statistics = μ 和 σ² 取自这张图片：该组的 { $count } 个值
value-products = { $kernel } = { $count } 个乘积
value-products-border = { $kernel } = { $count } 个乘积，其中 { $border } 个在填充区，为零
value-channel-of = 输入通道 { $channel }
value-channel-most = 输入通道 { $channel } 贡献最大：{ $value }
value-times-weight = × 权重
value-is-product = = 乘积
value-more-products = 其余 { $count } 个乘积
value-bias = 偏置
value-channel = 通道
value-row = 行
value-column = 列
value-input = 输入
value-weight = 权重
value-product = 乘积
value-so-far = 累计

## 命令 run

run-shadowed = `{ $name }` 用的是 { $file }，代替内置的网络
run-chose-weights = 权重：{ $weights }（用 --weights 选择其他）
run-chose-input = 输入：{ $input }（用 --input 选择其他）
run-no-layer = 网络没有可以运行的层
run-no-such-layer = 没有 `{ $path }` 这一层；{ $help }
run-lists-layers = `resnet-explore table { $network }` 可列出各层
run-idle-top = 有 --until { $path } 时，--top 不起作用：只有网络的输出才是类别
run-idle-picture = { $option } 对 { $input } 不起作用，因为那不是图片；请用 --input 给出图片文件
run-idle-laboratory = --bn 用 { $weights } 时，{ $option } 不起作用：实验的图片此时是合成的，已经处理好
run-mixed-inputs = { $input } 自己就是一整批；请改为给出图片，或用 --batch N
run-inputs-batch = { $count } 个输入的批大小是 { $count }，不是 { $batch }；请去掉 --batch
run-black-border = 从 { $picture }（缩放后 { $resized }）裁剪 { $crop }：四周是黑色
run-not-finite =
    前向传播出现非有限的数：`{ $path }` 是第一个输出非有限数的层
    { $cause }
run-overflow = 权重都是有限的数，是计算中的数超出了 32 位的范围
table-pictures = 图片：{ $steps }。
run-picture-steps = { $size }，{ $steps }
run-column-layer = 层
run-column-op = 运算
run-column-shape = 形状
run-column-mean = 均值
run-column-rms = 均方根
run-column-min = 最小
run-column-max = 最大
run-output = 输出
run-input = 输入
run-input-shows = { $input }（{ $shape }，图中是：{ $label }）
run-picture = 图片
run-weights = 权重
run-mode = 模式
run-mode-training = 训练（用本批的统计量）
run-time = 用时
run-seconds = { $seconds } s（{ $kernels } 内核）
run-image = 图片 { $number }
run-class = 类别 { $number }
run-moved = { $count } 个移动统计量已更新；`--format json` 可列出
progress-running = 运行中
progress-weights = 载入权重

## 命令 explore

explore-no-terminal = 浏览器需要终端，而这里是管道或文件
explore-no-terminal-help = `resnet-explore stats NAME`、`table NAME` 和 `list` 不需要终端；`resnet-explore --help` 列出全部命令
explore-terminal = 终端不能用：{ $reason }
explore-term-unset = 浏览器需要能移动光标的终端，而说明终端种类的 TERM 没有设置
explore-term = 浏览器需要能移动光标的终端，而 TERM 是 `{ $name }`
explore-term-help = 如果能移动，请写 `TERM=xterm-256color resnet-explore`；`resnet-explore stats NAME`、`table NAME` 和 `list` 可在任何终端输出
explore-replay = { $file }：{ $reason }
explore-misspelt = 没有叫 `{ $name }` 的命令或网络；是不是 `resnet-explore { $command }`？

## 命令 export、lesson 与 man

export-wrote = 已写入 { $file }
export-replace = { $file } 已存在；替换吗？[y/N] {""}
export-kept = 保留了 { $file }
export-warning = 警告：{ $warning }；用 --level block 更短
export-many-edges = 有 { $count } 条边，超过 Mermaid 的上限 { $limit }；除非调高 `maxEdges`，而 GitHub 不允许
export-many-characters = 有 { $count } 个字符，超过 Mermaid 的上限 { $limit }；除非调高 `maxTextSize`，而 GitHub 不允许
export-without-weights = 不含权重
export-weights = 权重 { $weights }
export-stand-in-weights = 权重 { $weights }，代替训练的权重：没有内置
export-external-name = { $file } 不是文件名，旁边放不了权重
export-onnx-terminal = ONNX 是二进制，不能输出到终端：请加 -o FILE.onnx，或写入管道
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
export-onnx-too-large = 这个网络的 ONNX 文件有 { $bytes } 字节，protobuf 只允许 { $limit }；请加 --external-data 把权重写入旁边的文件
lesson-lists = `resnet-explore lesson --list` 可列出全部课程
lesson-unknown = 没有课程 `{ $name }`；{ $help }
lesson-export-name = { $file }：请写以 .csv 或 .json 结尾的文件名
man-unknown = 没有命令 `{ $name }`；命令有：{ $names }
man-page = 无法生成手册页：{ $cause }

## 命令行：命令

call-about = 查看、检查并运行残差网络
call-examples =
    示例：
      { $program }                                       打开浏览器
      { $program } stats resnet101                       总量、阶段、下采样
      { $program } table resnet50 --level block          每个残差块一行
      { $program } compare resnet50_v1 resnet50          差异及各自的代价
      { $program } explain 4.11G                         公布数字的来历
      { $program } check my_resnet.toml                  网络定义的问题
      { $program } run resnet20_fashion --input sample:0 真正的前向传播

    NAME 是目录中的网络（`{ $program } list`）或网络定义文件的路径。
    退出码：0 完成，1 检查或运行失败，2 调用有误。
call-example = 示例：{ $command }
call-explore = 打开浏览器，从目录或某个网络开始
call-list = 列出目录
call-stats = 网络的总量、各阶段和下采样
call-table = 层表：每个阶段、残差块或层一行
call-check = 网络与网络定义的形状、合法性和下采样
call-compare = 两个网络的差异及各自的代价
call-explain = 公布的数字来自哪个网络、计数规则、尺寸和分类头
call-run = 运行前向传播
call-bench = 测量前向传播的用时，整体或逐步
call-export = 为其他工具写出图、网页或模型
call-lesson = 学习：先预测，再由网络验证
call-schema = 输出网络定义文件的 JSON Schema
call-completions = 输出 shell 的补全脚本，其中有全部网络名
call-man = 输出一页手册，或写出全部手册

## 命令行：参数

call-any-color = 何时使用颜色；变量 `NO_COLOR` 同样有效
call-any-lang = 文字的语言：{ $languages }；不给时用系统语言
call-any-name = 网络或网络定义文件
call-any-names = 网络或网络定义文件
call-any-format = 输出格式
call-any-level = 详细程度：stage（阶段）、block（残差块）或 layer（层）
call-any-count = 运算的计数规则：{ $rules }
call-stats-count = 运算的计数规则：{ $rules }；或 all（全部）
call-any-weights = shipped（内置）、synthetic:SEED 或权重文件：.safetensors、.pth、.pt、.ckpt、.bin
call-any-entry = 读取权重文件中的这个条目，而不是默认用于推理的条目：ema.module、state_dict
call-any-threads = 线程数；不给时取使前向传播更快的数目
call-any-kernel = 内核：avx512、avx2、neon 或 portable；不给时取处理器支持的最快内核
call-any-direct = 每个卷积都直接计算，不减少乘法次数
call-any-input-size = 输入尺寸：224，或 高x宽，例如 224x320
call-any-batch = 每批图片数
call-any-classes = 类别数，代替网络定义中的值
call-any-mean = 从 0 到 1 的值中减去的均值：所有通道一个，或 R,G,B
call-any-std = 除以的标准差：所有通道一个，或 R,G,B
call-any-bgr = 网络的输入蓝色在前；--mean 和 --std 此时是 B,G,R
call-any-resize = 取中间之前，先把短边缩放到这个长度
call-any-crop = 取中间这么大的正方形，并以此尺寸运行网络
call-any-interpolation = 缩放方法：bilinear、bicubic 或 nearest
call-any-picture = 显示把这个大小的图片变成网络输入的各层：宽x高，例如 640x480
call-explore-name = 网络或网络定义文件；不给时打开目录
call-explore-theme = 配色：dark、light、contrast 或 none；不给时适应终端
call-explore-ascii = 只用 ASCII 绘制
call-explore-graphics = 绘制特征图的方式：auto、blocks、kitty、sixel 或 iterm2
call-explore-lesson = 在视图旁打开一课（`lesson --list` 可列出）
call-explore-fresh = 像第一次那样开始，并且不保存状态
call-explore-plain = 用普通内核逐层运行：这是参照，在任何处理器上数值相同
call-explore-replay = 播放文件中的按键：例如 `/50 Enter wait:1 Down`
call-bench-warmup = 计时之前的次数
call-bench-runs = 计时的次数
call-bench-layers = 每一步一行：用时、占比、GFLOP/s，以及与机器上限（roofline）的差距
call-check-all = 目录中的全部网络
call-check-explain = 输出书中关于某条规则的一页：含义、原因、例子、修正
call-check-fix = 把错误和警告的修正写入网络定义文件；加 `all` 也包括提示
call-check-output = 与 --fix 同用：修正后的网络定义写到这里，原文件不变
call-check-weights = 同时检查这个权重文件是否匹配
call-check-max-params = 参数量上限，例如 26M
call-check-max-macs = 每批运算上限（规则见 --count），例如 4.1G
call-check-max-activations = 每批卷积与线性层输出的元素上限，例如 11.2M
call-check-max-memory = 推理内存上限：权重加同时存活的值，按 32 位浮点，例如 120MiB
call-compare-a = 网络或网络定义文件
call-compare-b = 另一个
call-compare-all = 也显示相同的行
call-explain-number = 公布的数字：4.11G、25.6M、"8.2 GFLOPs"、25557032
call-explain-net = 只问这个网络，包括它的 v1 或 v1.5
call-explain-top = 显示的匹配数
call-export-to = 写出的格式
call-export-level = 详细程度：stage、block 或 layer；不给时是 layer，svg 和 mermaid 是 block
call-export-direction = 图中数据的流向
call-export-color-by = svg 或 dot 中颜色的含义
call-export-theme = svg 的背景
call-export-picture = 画出把这个大小的图片变成网络输入的各层：宽x高，例如 640x480
call-export-with = 第二个网络，html 用它与第一个比较
call-export-unfolded = 画出每个残差块，包括与前一个相同的
call-export-output = 代替标准输出的文件；要么完整写入，要么不写
call-export-force = 不询问就替换已有文件
call-export-weights = shipped（内置）、synthetic:SEED、权重文件，或 none（权重作为输入）
call-export-dynamic-batch = 批大小任意
call-export-preprocess = 从图片的字节开始：在图中缩放并标准化
call-export-external-data = 把权重写到 FILE 旁边的 FILE.data：超过 2 GiB 时需要
call-lesson-id = 课程；不给时列出全部
call-lesson-list = 列出课程和各课已答的题数
call-lesson-export = 把至今的答案写入 .csv 或 .json 文件
call-lesson-force = 替换 --export 已有的文件
call-list-family = 只列系列名包含此词的网络
call-list-search = 只列名称、标题、别名、系列、简介或论文中含有这些词的网络
call-list-families = 每个系列一行，而不是每个网络一行
call-list-sort = 排序：catalogue、name、params、macs、activations、depth、rf、year 或 top1（公布的准确率）
call-list-accuracy = 只用 imagenet-1k 训练的权重的准确率，或全部（all）已知权重的准确率
call-run-input = sample:N（内置样本）、synthetic:SEED 或图片文件；多张图片组成一批
call-run-plain = 普通内核，逐层计算：这是参照，必要时用双精度
call-run-train = 批归一化用本批的统计量，用普通内核
call-run-bn = 与 --train 同用：观察这个批归一化的统计量、公式、直方图和移动统计量
call-run-batches = 与 --bn 同用：更新移动统计量的批数
call-run-channel = 与 --bn 同用：观察的通道
call-run-until = 运行到这一层为止
call-run-layers = 显示每一层的统计
call-run-value = 解释一个值：PATH:CHANNEL,ROW,COLUMN，例如 conv1:0,12,7；或 PATH:FEATURE，例如 fc:3
call-run-products = 与 --value 同用：每个和显示多少个乘积，从大到小
call-run-top = 显示的类别数；不给时是 5
call-completions-shell = shell：bash、zsh、fish、powershell 或 elvish
call-man-command = 命令，输出它的一页而不是整个程序的
call-man-dir = 把每一页写入这个文件夹
call-stats-published = 显示全部已知权重公布的准确率
call-table-columns = 列，用逗号分隔，例如 path,output,params；写别的词会列出全部列
call-heading-pictures = 图片
call-heading-onnx = ONNX

## 命令行：取值

call-value-color-auto = 在终端上
call-value-color-always = 总是
call-value-color-never = 从不
call-value-format-text = 给人看
call-value-format-json = 精确的整数，供脚本使用
call-value-format-csv = 供电子表格使用
call-value-format-markdown = 供文档使用
call-value-format-junit = 供 CI 服务器使用：每个网络一个测试用例
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
call-form-value = 请写 PATH:CHANNEL,ROW,COLUMN，例如 conv1:0,12,7；向量写 PATH:FEATURE，例如 fc:3；都从 0 数起
call-form-amount = 请写数，例如 26M、4.1G、100MiB 或 25557032
call-form-amount-digits = 位数超过预算所需

## 命令 bench

bench-model = 网络
bench-batch = 批
bench-threads = 线程
bench-kernel = 内核
bench-median = 中位数 ms
bench-min = 最短 ms
bench-gflops = GFLOP/s
bench-of-peak = 占峰值
bench-ready = 就绪 ms
bench-memory = 峰值 MiB
bench-layer = 层
bench-op = 运算
bench-how = 方法
bench-ms = ms
bench-share = 占比
bench-intensity = FLOP/byte
bench-bound = 上限
bench-of-bound = 占上限
bench-bound-by = 受限于
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

## What stands between the parts of a list

joint-comma = 、
joint-or = {" 或 "}
joint-and = {" 和 "}
joint-semicolon = ；
