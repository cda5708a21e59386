# Texts of the interface: English. Adding a language is copying this file under its code.

## Lessons, on the command line and beside the views

lesson-prompt = {"your answer> "}
lesson-right = Right.
lesson-wrong = Not quite.
lesson-nothing-typed-help = No answer was typed. Type one, or ? for the hint, s for the answer, q to leave.
lesson-unreadable = This is not
lesson-hint = Hint: { $hint }
lesson-found = The tool finds: { $query } = { $value }
lesson-look = Look: { $command }
lesson-keys = ? hint · s see the answer · q leave; answers so far are kept
lesson-right-answers = Right answers: { $right } / { $all }
lesson-left = Left; answers so far are kept.
lesson-question = Question { $number }/{ $all }
lesson-question-of = question { $number } of { $all }
lesson-kind-choice = a letter: a, b, …
lesson-kind-number = a number, such as 36864 or 4.09G
lesson-kind-shape = a shape, such as 64×56×56
lesson-kind-place = a layer's path, such as layer1.0.conv1
lesson-column-id = id
lesson-column-lesson = lesson
lesson-column-right = right
lesson-next = The next lesson: { $title }
lesson-last = This was the last lesson.
lesson-enter-next = Enter starts it
lesson-enter-end = Enter ends the course
lesson-summary = Summary
lesson-your-answer = Your answer: { $answer }
lesson-answer-shown = Answer shown; not counted.
lesson-enter-on = r tries again, Enter continues
lesson-enter-first = Enter shows the first question
lesson-enter-type = Enter types the answer
lesson-choose = choose with ↑ ↓, Enter answers
lesson-place-alone = Esc goes to the view; select the layer there, then press a
lesson-place-beside = select the layer in the view, then press a
lesson-computing = the tool is computing …
lesson-row-is-a-group = select one layer: this row is a whole block or stage
lesson-no-layer = no layer is selected here
lesson-nothing-typed = No answer was typed.
lesson-score = { $right } of { $all } right
lesson-tries =
    { $count ->
        [one] 1 try
       *[other] { $count } tries
    }
lesson-with-the-hint = with the hint
lesson-not-answered = not answered
lesson-hidden = the lesson hides this until it is answered
lesson-unreadable-files = the lessons cannot be read

## A spec that is broken on disk

fault-line = { $fault }; { $numbers }
fault-gone = ✗ { $file } is gone
fault-at = ✗ { $file }:{ $line } has an error
fault-somewhere = ✗ the file has an error
fault-last-good-of = showing the last good one, { $time }
fault-last-good = showing the last good one
fault-parent = showing the numbers of { $parent }, its parent
fault-readable = numbers are from the part that could be read

## Notices in the footer

notice-text-cut = only the first { $count } characters are kept
notice-no-shell = no shell to return to: q quits
notice-pass-runs = a forward pass is running: stop it first
notice-has-run = this layer has already run: p steps back, 0 rewinds
notice-errors-first = fix the network's errors first: see Checks
notice-no-fix-made = there is no fix to undo
notice-no-match = no match
notice-q-quits = q quits
notice-no-pass = start a pass first: w chooses weights and input
notice-no-fix = this problem has no automatic fix: see its text
notice-line-without-layer = this line does not make a layer of its own
notice-no-norm = this network has no batch normalisation
notice-about-file = this problem is about the file, not a layer
notice-stops-marked = runs stop at marked layers
notice-stops-additions = runs stop at every addition
notice-stops-stages = runs stop at the end of every stage
notice-end = this is the end: 0 rewinds
notice-no-back = there is nothing to go back to
notice-no-forward = there is nothing to go forward to
notice-no-export = this view cannot be written to a file
notice-nothing-to-choose = there is nothing to choose here
notice-closest = this is the closest zoom
notice-farthest = this is the farthest zoom
notice-no-branch = no branch on this side; f follows the edge that skips
notice-no-reader = no layer takes this output
notice-no-input = this layer has no input
notice-fetching = loading weights and input …
notice-sending = running a batch …
notice-measuring = measuring …

## Titles of panes, lists and windows

title-lessons = Lessons
tab-forward = Forward
title-keys = Keys
title-purpose = see, check and run residual networks
title-commands = Commands
title-find-layer = Go to a layer
title-filter = Show layers that contain
title-rule = Count operations by
title-size = Height × width of the input
title-batch = Images per batch
title-classes = Number of classes
title-prepare = Preprocess the image by
title-prepare-typed = type mean, std, side, filter …
title-copy = Copy to the clipboard
title-export = Write this view to a file
title-sort = Sort the networks by
title-about = about
title-checks = checks
title-layers = layers
title-spec-makes = resulting network
title-problem = Problem, place, fix
title-downsampling = Downsampling
title-distribution = Distribution of values
title-run = Run an image through the network
title-columns = Columns
title-rank = Rank layers by
title-changes = Change and run again
title-points = Points

## Where keys hold, as headings of the help

context-always = Always
context-anywhere = Everywhere except in text fields
context-lists = Lists
context-catalogue = Catalogue
context-search = While searching
context-network = Network
context-layers = Layers
context-detail = Detail panel
context-graph = Graph
context-checks = Checks
context-spec = Spec
context-forward = Forward pass
context-explained = One value explained
context-running = While a pass is running
context-chooser = Weights and input
context-typing = While typing weights or input
context-picker = Columns and rankings
context-finder = Searchable lists
context-laboratory = Batch normalisation lab
context-lesson = Lesson
context-question = Lesson question
context-answered = Answered question
context-answering = While typing an answer
context-beside = View next to a lesson
context-help = Help
context-files = Files of weights and images
context-scatter = Networks as points
context-opened = Network opened from another screen
context-tree = Trees
context-compare = Two networks side by side

## The view of the checks

checks-no-downsampling = none
checks-none = ✓ No problems found

## Heads of columns

column-layer = layer
column-paper = paper
column-op = op
column-what = what
column-branch = branch
column-input = input
column-output = output
column-kernel = kernel
column-stride = stride
column-padding = padding
column-dilation = dilation
column-groups = groups
column-parameters = parameters
column-buffers = buffers
column-macs = MACs
column-macs-share = % MACs
column-params-share = % params
column-activations = activations
column-saved-bytes = saved bytes
column-rf = RF
column-total = total
column-network = network
column-params = params
column-depth = depth
column-year = year
column-size = size
column-shortcut = shortcut
column-weights = weights
column-reads = reads
column-puts-out = puts out
column-params-millions = params, M
column-macs-billions = MACs, G
column-activations-millions = act., M
column-top-1 = top-1, %

## Severities

severity-error = error
severity-warning = warning
severity-note = note
snippet-help = help

## The commands stats, check and list

stats-shape = input → output
stats-flops = FLOPs
stats-receptive-field = receptive field
stats-receptive-field-height = receptive field, height
stats-receptive-field-width = receptive field, width
stats-memory = memory
stats-accuracy = accuracy
stats-trained-on = trained on
check-more-problems = and { $count } more problems; `check --format json` has all
stats-stage = stage
stats-blocks = blocks
stats-downsamples-at = downsamples at
stats-pixels = pixels
check-errors =
    { $count ->
        [one] 1 error
       *[other] { $count } errors
    }
check-warnings =
    { $count ->
        [one] 1 warning
       *[other] { $count } warnings
    }
check-both = { $name }: { $errors } and { $warnings }
check-nothing = { $name }: nothing to check
list-broken = { $name } in your folder has errors: { $error } (`check { $name }` shows all)
check-facts = { $layers } layers, { $blocks } blocks whose paths agree, { $pixels } pixels
check-facts-plain = { $layers } layers, { $blocks } blocks without a shortcut, { $pixels } pixels
check-ok = { $name }: ok, { $facts }
check-ok-but = { $name }: ok, { $warnings }; { $facts }
check-checked = { $count } networks checked, { $wrong } with errors

## Options without effect, and what takes them

effect-none = { $option } has no effect in `{ $command }`; { $acts }
effect-none-beside = { $option } has no effect { $beside }; { $acts }
effect-beside = beside { $option }
effect-without = without { $option }
effect-dot-svg-mermaid-markdown-csv = dot, svg, mermaid, markdown and csv take it
effect-dot-svg-mermaid-take = dot, svg and mermaid take it
effect-stage-one-box = a stage is one box anyway
effect-dot-svg-take = dot and svg take it
effect-svg-volumes-html-take = svg, volumes and html take it
effect-html-takes = html takes it
effect-model-begins-networks-own-input = a model begins with the network's own input; all other formats take it
effect-flowchart-shows-prepares-picture-level = a flowchart shows what prepares a picture with --level layer alone
effect-graph-shows-prepares-picture-level = a graph shows what prepares a picture with --level layer alone
effect-module-takes-any-batch = a module takes any batch
effect-batch-any-size = the batch is then of any size
effect-onnx-takes = onnx takes it
effect-weights-write = there are no weights to write
effect-stdout-name-file = that is stdout; name a file
effect-flowchart-layers-counts-nothing = a flowchart of layers counts nothing
effect-name-network-in-resnet-explore = name a network, as in `resnet-explore explore resnet50 --input-size 320`
effect-demonstration-begins-first-start = a demonstration begins as at the first start anyway
effect-families-accuracy = families have no accuracy
effect-text-shows-them = the text shows them
effect-none-these-columns-counts-add = none of these columns counts it; add macs, activations or saved_for_backward
effect-none-these-columns-counts-operations = none of these columns counts operations; add macs or macs_share
effect-table-shows-means-run-takes = a table shows no means; `run` takes it
effect-give-picture-too = give --picture too
effect-every-other-form-rows = every other form has all rows
effect-stages-shown-add-level-block = all stages are shown anyway; add --level block or --level layer
effect-markdown-totals-alone-text-json = Markdown has the totals alone; text, json and csv have rows
effect-text-markdown-take-json-csv = text and markdown take it; json and csv have all matches
effect-rules-page-same-for-every = a rule's page is the same for every network
effect-budgets-operations-activations-memory-count = budgets of operations, activations and memory count it
effect-add-max-macs = add --max-macs
effect-value-explained-plain-kernels = a value is explained with the plain kernels
effect-training-runs-on-plain-kernels = training runs on the plain kernels anyway
effect-value-explained-plain-kernels-anyway = a value is explained with the plain kernels anyway
effect-laboratory-looks-whole-channel-leave = the laboratory looks at a whole channel; leave one of them out
effect-laboratory-pictures-its-own-networks = the laboratory has pictures of its own, of the network's size
effect-text-json-show-classes = text and json show classes
effect-one-value-classes = one value has no classes
effect-every-other-form-products = every other form has all products
effect-lessons-listed = all lessons are listed
effect-both = { $first } and { $second }

## Problems: what is said around them

problem-about = { $path }: { $problem }
problem-same-at = { $problem }; the same at { $layers }
problem-same-at-more = { $problem }; the same at { $layers } and { $count } more
help-did-you-mean = did you mean `{ $name }`?

## Problems: reading a spec

problem-file-unreadable = { $file } cannot be read: { $reason }
file-not-found = there is no such file
file-not-permitted = permission denied
problem-file-is-folder = { $file } is a directory, not a spec
problem-file-too-large = { $file } is larger than { $size } KiB
problem-file-empty = the file is empty
problem-not-utf-8 = byte { $byte } is not UTF-8
problem-no-network = there is no network called `{ $name }`
help-check-path = check the path; `resnet-explore list` shows the built-in networks
help-name-spec-file = give the name of a spec file, such as `my_resnet.toml`
help-spec-is-short = a spec has a few dozen lines: is this the right file?
help-start-a-spec = start with `inherits = "resnet50"` and write what differs
help-save-as-utf-8 = save the file as UTF-8
help-did-you-mean-network = did you mean `{ $name }`? `resnet-explore list` shows all networks
help-list-networks = `resnet-explore list` shows the names; a file is given by its path
problem-not-toml = not valid TOML: { $reason }
help-write-toml = TOML is written like this: text `title = "ResNet-50"`, a list `blocks = [3, 4, 6, 3]`, a table `{ $table }`
help-key-parts = this key has too many parts; a spec's keys have three at most, as in `define.blocks.mine`
toml-expected = { $reason }; expected { $sign }
toml-duplicate-key = this key is there twice
toml-too-deep = values are nested too deep
toml-string = this text cannot be read
toml-quotes = text must be in quotes
toml-key = this key cannot be read
toml-pair = a line must be `key = value`
toml-no-value = the value is missing
toml-value = this value cannot be read
toml-comma = a comma is missing
toml-extra-comma = one comma too many
toml-equals-in-list = a list cannot contain `=`
toml-unclosed-list = the list is not closed by `]`
toml-unclosed-table = the table is not closed
toml-heading = this heading cannot be read; write it as in `[stem]`
toml-unexpected = nothing may stand here
toml-comment = this comment cannot be read
toml-carriage-return = a carriage return without a line break
toml-number = this number cannot be read
toml-extended = this key is already another kind of value
problem-expected = expected { $wanted }, found { $found }
problem-expected-none-or-table = expected a table or `"none"`, found the text `{ $found }`
kind-text = text
kind-whole-number = a whole number
kind-fraction = a number with a fraction
kind-number = a number
kind-calculation = a whole number or a calculation
kind-boolean = a boolean
kind-true-or-false = `true` or `false`
kind-list = a list
kind-table = a table
kind-date = a date or time
kind-layer = a layer
help-write-text = write it in quotes: `"ResNet-50"`
help-write-boolean = write `true` or `false`, without quotes
help-write-number = write a number without quotes: 0.5
help-write-whole-number = write a whole number without quotes: 64
help-write-calculation = write a whole number, 64, or a calculation in quotes, `"4 * width"`
help-write-list = write a list in square brackets: `[3, 4, 6, 3]`
help-write-table = write keys and values in braces: `{ $example }`
help-write-layer = write a layer as a table: `{ $example }`
help-write-none-or-table = write `"none"`, or keys and values in braces: `{ $example }`
problem-negative = { $number } is negative
problem-number-too-large = { $number } is too large: the limit is { $most }
help-zero-or-more = write 0 or more: no size is negative
help-possible-size = write a size that a network can have, such as 64
problem-unknown-key = unknown key `{ $key }`
help-known-keys = the keys known here are: { $keys }
problem-unknown-activation = unknown key `{ $key }`: the activation `{ $word }` is not supported
help-supported-activation = remove it, or choose a supported activation, such as `act = "silu"` for the whole network
problem-key-chooses-no-activation = unknown key `{ $key }`: it does not choose an activation
help-write-act = write `act = "{ $kind }"`
help-write-act-or-kind = write `act = "{ $kind }"` at the top of the file for the whole network, or `{ $layer }` as a layer
problem-not-a = `{ $word }` is not { $what }
help-write-one-of = write { $words }
word-condition = a condition of a shortcut
word-norm-kind = a kind of normalisation
word-act-kind = a kind of activation
word-approximation = an approximation of GELU
word-interpolation = an interpolation
word-axis = an axis
word-rounding = a rounding
word-order = an order of channels
word-zeros = a place for channels of zeros
problem-pair = a pair has two values, height and width; this one has { $count }
help-write-pair = write one value for both axes, 3, or two, `[3, 1]`
problem-percent = { $number } is not a percentage
help-write-percent = write a number from 0 to 100, such as 76.13
problem-accuracy-lacks = this accuracy lacks { $keys }
help-state-accuracy = state its weights and image size: `{ $example }`
problem-parent = the parent `{ $name }` cannot be loaded: { $reason }
problem-inherits-circle = the specs inherit from each other in a circle: { $chain }
problem-inherits-long = more than { $most } specs inherit from each other: { $chain }
help-end-circle = write one of them out in full, without `inherits`
help-inherit-nearer = inherit from a spec higher up in the chain

## Problems: calculations

problem-calculation-unreadable = this calculation cannot be read: { $reason }
help-write-names-and-numbers = write a whole number, or names and numbers with + - * / and brackets: `"4 * width"`
problem-name-unreadable = this name cannot be read: { $reason }
help-write-name = write names as in `{ $example }`
expr-too-long = it has more than { $most } characters
expr-too-deep = brackets are nested more than { $most } deep
expr-unexpected = unexpected `{ $sign }` after `{ $before }`
expr-no-function = `{ $name }` is not a function; the functions are max, min and log2
expr-arguments = `{ $name }` takes { $count } values, not { $found }
expr-unclosed = a closing bracket is missing
expr-incomplete = a number or a name is missing at the end
expr-not-whole = `{ $word }` is not a whole number
expr-neither = `{ $sign }` is neither a number nor a name
expr-brace-open = a `{ $sign }` is not closed
expr-unknown = `{ $name }` is not defined here
expr-divides-by-zero = `{ $text }` divides by zero
expr-logarithm = `{ $text }` takes the logarithm of a number below 1
expr-too-large = `{ $text }` is too large
help-known-names = the names known here are: { $names }
help-divide-by-another = divide by a number or a name that is not 0 here
help-logarithm = take it of 1 or more, as in `log2(max(1, width))`
help-smaller-numbers = use smaller numbers
problem-uneven = `{ $text }` is { $height } along the height and { $width } along the width; it must be one number
help-even = use the same number for both axes here, or calculate with names that are equal along both
problem-size-range = { $what } is { $value }, but must be from { $least } to { $most }
help-name-is = `{ $name }` is { $value }
help-number-range = write a number from { $least } to { $most }
help-change-calculation = here { $names }: change that, or the calculation in { $place }
help-change-this-line = here { $names }, which comes from this line: change it
size-along-height = { $what } along the height
size-along-width = { $what } along the width
size-kernel = the kernel
size-stride = the stride
size-padding = the padding
size-dilation = the dilation
size-output-channels = the number of output channels
size-reduced-channels = the number of reduced channels
size-groups = the number of groups
size-outputs = the number of outputs
size-features = the number of features
size-channels = the number of channels
size-block-channels = the number of output channels of a block
size-slopes = the number of slopes
size-under-root = the number under the root
size-radix = the radix
size-scale = the scale
size-square = the side of the square
size-shorter-side = the shorter side
size-height = the height
size-width = the width
size-blocks = a stage's number of blocks
size-width-of-stage = a stage's width
size-stride-of-stage = a stage's stride

## Problems: building the network

problem-missing-keys = these keys are missing: { $keys }
help-state-keys = write them, or inherit them: `inherits = "resnet50"`
problem-missing-key = the key `{ $key }` is missing
help-write-key = write it between these braces: `{ $key } = { $value }`
problem-input-sizes = the input has { $count } sizes; it needs channels, height and width
help-write-input = write `input = [3, 224, 224]`
help-input-in-bounds = write `input = [3, 224, 224]`, or sizes within these limits
problem-too-many-layers = the network has more than { $most } layers
help-fewer-blocks = remove blocks or layers
problem-path-too-long = a layer's path has more than { $most } bytes
help-shorter-name = write a shorter name
problem-no-stage = there is no stage
help-one-stage = give the number of blocks of at least one stage
help-stage-blocks = give the stage at least one block, or remove it from `blocks`, `widths` and `strides`
help-stage-width = write the channels of the stage's blocks, such as 64
help-stage-stride = write 1 where the stage keeps the size of the feature map, 2 where it halves it
problem-too-many-blocks = the stages have { $count } blocks together, above the limit of { $most }
help-two-networks = remove blocks, or build two networks
problem-list-has = `{ $key }` has { $count }
problem-list-lengths = `{ $key }` has { $count } values, but { $others }
help-lists-per-stage = `blocks`, `widths` and `strides` need one value per stage
problem-values-for-stages = `{ $key }` has { $count } values for { $stages } stages
problem-no-value-for-stage = `{ $key }` has { $count } values, but none for stage { $stage }
help-one-per-stage = give one value, or one per stage
problem-values-for-blocks = `{ $key }` has { $count } values for the { $blocks } blocks of stage { $stage }
help-one-per-block = give one value for all blocks, or one per block
help-strides-per-block = write the first block's stride, 2, or its stride along height and width, `[2, 1]`, or one per block
help-state-out = state how many channels the block outputs: `out = "4 * width"`
problem-block-out = the block states { $stated } output channels, but its main path outputs { $found }
help-block-out = set `out` to the number of channels that the last convolution of `main` outputs
problem-no-block = there is no block called `{ $name }`
problem-no-shortcut = there is no shortcut called `{ $name }`
problem-no-attention = there is no attention called `{ $name }`
help-there-are = there are: { $names }
problem-no-place-for-attention = the block `{ $block }` has no place for attention
help-block-with-attention = choose another block, or define one that has `{ $example }` among its layers
help-write-shortcut = write `shortcut = "projection"`
problem-no-parameter = the block has no parameter `{ $name }`
help-block-without-parameters = this block has no parameters; another one may: `block = "bottleneck"`
help-block-parameters = the block's parameters are: { $names }
problem-blocks-of-one-name = two blocks are called { $path }
help-block-name = let a block's name contain stage and block: `{ $example }`
help-template-names = a stage's name may use `stage`, a block's `stage` and `block`
problem-shortcut-none = `shortcut = "none"` adds nothing, but here it is given layers
help-rename-none = give the shortcut another name, such as `[define.shortcuts.own]`, and write `shortcut = "own"`; or remove it, so that `"none"` adds nothing
problem-values-for-channels =
    { $channels ->
        [one] `{ $key }` has { $count } values for 1 channel
       *[other] `{ $key }` has { $count } values for { $channels } channels
    }
help-one-per-channel = give one value per channel, or one number for all
help-one-per-channel-commas = give one value per channel, separated by commas, or one for all
problem-mean-without-std = `mean` and `std` belong together, but one of them is missing
help-mean-and-std = give both, one value per channel
problem-inherited-values =
    { $channels ->
        [one] the input has 1 channel, but the inherited { $keys } of `preprocess` { $count } values
       *[other] the input has { $channels } channels, but the inherited { $keys } of `preprocess` { $count } values
    }
help-preprocess = `preprocess` then needs one mean and one standard deviation per channel: `{ $example }`
problem-no-group = a normalisation needs at least one group of at least one channel
help-one-or-more = write 1 or more, such as 32
problem-divided-by = images cannot be divided by { $number }
help-above-zero = write a number above 0, such as 255 for `divisor` or 0.225 in `std`
problem-negative-eps = { $number } added to a variance may make it negative
help-eps = write 0 or more, such as 0.00001
problem-momentum = the momentum is { $number }, but is a share from 0 to 1
help-momentum = write the share of the batch in the new running statistics, such as 0.1
problem-layers-too-deep = layers are nested more than { $most } deep
help-one-after-another = write them one after another
problem-two-units = this layer is both a `{ $first }` and a `{ $second }`
help-two-layers = write two layers, each in its own braces
problem-no-unit = there is no unit called `{ $name }`
help-units = the units are: { $names }
problem-layer-without-unit = this layer does not state what it is
help-unit-keys = give it one of the keys { $names }
problem-unequal-maps = { $channels } channels cannot be split into { $maps } equal feature maps
help-divisible-channels = let the layer before it output channels that { $maps } divides, such as { $near }, or choose fewer feature maps
problem-slopes = a PReLU of { $count } slopes has an input of { $channels } channels
help-slopes = write `weights = 1` for one slope, or `weights = "channels"` for one per channel
problem-runs-as = `{ $name }` would run as { $op }: `act` gives a module's name, and `kind` the function
help-write-kind = write `kind = "{ $kind }"` beside it, or choose another name, such as `{ $example }`
help-other-function = this function is not supported; for one that is, choose another name, such as `{ $example }`
problem-one-sided-border = a pool with stride 1 and an even kernel would need a border on one side only
help-pool-border = choose an odd kernel, `padding = 0`, or an average pool whose border counts, `count_include_pad = true`
problem-rounding-of-same = `rounding` has no effect with `padding = "same"`
help-drop-rounding = remove `rounding`: the output has ⌈size / stride⌉ pixels
problem-attention-in-attention = an attention inside an attention would contain itself without end
help-write-layers = write out the layers, or `{ $example }` for a gate within a gate
problem-even-kernel = the kernel is { $size }, but must be odd to keep the number of channels
help-write-odd = write { $less } or { $more }
help-whole-squares = choose an input whose sides are multiples of { $block } here, or pad with zeros before it: `{ $example }`
problem-dropout = p is { $number }, but is a share from 0 to 1
help-dropout = write the share of values that training drops, such as 0.5
problem-no-tensor-yet = there is no tensor yet: only the image comes before this number
help-after-convolution = put it after a convolution; `preprocess` scales and shifts an image
problem-split-at-start = a split of { $channels } channels after 0 leaves none to normalise by instance
problem-split-at-end = a split of { $channels } channels after { $first } leaves none to normalise by batch
problem-split-of-one = one channel cannot be split
help-split-more = choose `kind = "batch"` here, or let the layer before it output 2 channels or more
help-split-range = let `instance` be from 1 to { $most }
steps = { $steps }
steps-resize = shorter side to { $side } ({ $filter })
steps-crop = the middle { $size }
steps-blue-first = blue first

## Problems: keys without effect

problem-no-effect = `{ $key }` has no effect: { $why }
why-only-grouped = only the kinds `"group"` and `"evo_s0"` have groups
why-group-size = `group_size` decides
why-own-norm = every normalisation has its own
why-only-batch = only a batch normalisation keeps running statistics
why-only-instance = only an instance normalisation may be without scale and shift
why-only-split = only a split normalises some channels by instance
why-kind-none = the kind `"none"` makes no normalisation
why-does-not-activate = this layer has no activation of its own
help-let-activate = remove it, or let the layer activate
why-own-activation = this kind of normalisation is its own activation
why-no-norm = no layer is a normalisation
why-no-conv = no convolution uses it
why-nothing-standardized = the network standardises no weights
why-no-second-relu = no block calls one ReLU twice
why-own-act = every activation has its own kind, or there is none
why-only-leaky-relu = only a leaky ReLU has a slope of its own
why-only-elu = only an ELU has an alpha
why-only-gelu = only a GELU is approximated
why-only-prelu = only a PReLU has learned slopes
why-no-resize = no image is resized without `resize`
why-not-three-channels = only an image of three channels has an order of colours
why-no-layer-of-network = no layer of this network uses the parameter
why-no-layer = no layer uses this parameter
why-no-stride = no layer uses `stride`
why-no-classes = no layer uses it, and the network has { $count } outputs
why-no-stage-block = no stage has this block
why-no-stage-shortcut = no stage has this shortcut
why-no-stage-attention = no stage has this attention
help-other-norm = remove it, or choose another kind of normalisation
help-standardize = remove it, or remove `standardize = false` from a convolution
help-let-network-standardize = remove it, or let the network standardise: `{ $example }`
help-functional-relu = remove it, or let a block call one module twice: `{ $example }` in two places
help-own-act = remove it, or remove `kind` from an activation
help-resize = remove it, or state the side to which images are resized: `resize = 256`
help-three-channels = remove it, or give the input three channels
help-use-in-block = remove it, or let a layer of the block use it
help-use-in-layer = remove it, or let a layer use it
help-use-stride = write 1 for every stage, or let a layer of the block use it: `stride = "stride"`
help-use-classes = let the last layer have as many outputs: `out = "classes"`
help-name-it = remove it, or use it: `{ $key } = "{ $name }"`
help-remove-or-kind = remove it, or write `kind = "{ $kind }"`
help-remove-or-choose = remove it, or choose `{ $other }`

## Rules of legality

legality-acyclic = No layer reads its own output, directly or through other layers; a layer reads only earlier ones.
legality-one-source = Exactly one layer reads nothing: the input.
legality-one-sink = Exactly one layer is read by no other: the output.
legality-arity = An addition reads two layers, the input none, every other layer one.
legality-unique-paths = No two layers have the same path and call, and no two modules with parameters share a path.
legality-stage-paths = No layer has the path of a stage or of a block: that is a module which holds layers.
legality-shapes = Every layer accepts the shape of its input, and no size is zero or beyond the limits.
problem-reads-later = its input is the output of a layer that runs later
problem-no-input = there is no input
problem-second-input = this is a second input
problem-not-read = no layer takes its output
problem-arity = { $op } takes { $wanted } inputs, not { $found }
problem-path-taken = the path { $path } is taken by an earlier layer
problem-tensor-taken = another layer has the tensor { $path }
problem-path-of-stage = the path { $path } is that of a stage
problem-path-of-block = the path { $path } is that of a block
problem-circle = layers depend on each other in a circle: { $paths }
problem-operands = main path { $main }, shortcut { $shortcut }
problem-summands = { $first } and { $other } cannot be added
problem-gate = feature map { $map }, gate { $gate }
problem-joined = { $first } and { $other } cannot be concatenated
problem-channels = expects { $wanted } channels, but its input is { $found }
problem-window = a window of { $window } does not fit into { $found }
problem-groups-of-input = { $channels } input channels cannot be split into { $groups } groups
problem-groups-of-output = { $channels } output channels cannot be split into { $groups } groups
problem-squares = { $found } cannot be cut into squares of { $block } pixels
problem-mean-of-one = the mean of each channel is over a single value in { $found }
problem-deviation-of-one = the deviation is over a single value in { $found }
problem-narrowing = zero padding only adds channels: { $from } → { $to } would drop some
problem-needs-map = needs a feature map, but its input is { $found }
problem-needs-vector = needs a vector, but its input is { $found }: put a flatten before it
problem-size-zero = { $what } is 0
problem-size-limit = { $what } is { $value }, above the limit of { $limit }
help-rename = give one of the two layers another name
help-rename-with-places = give one of the two layers another name: they are written at { $first } and { $second }
help-rename-module = give the layer another name: the weights of stages and blocks have their paths below this one
help-gate = a gate is one number per channel: average the map in it (`mean = "mean"`), and let its last layer with channels output { $channels }
help-joined = give all paths that are concatenated the same stride
help-norm-groups = choose `groups` that divides the channels of every normalisation, here { $channels }, such as { $near }
help-divisible-width = choose a width that { $groups } divides, such as { $near }, or fewer groups
help-smaller-dilation = use a larger input, a smaller dilation, or fewer strides before it
help-smaller-kernel = use a larger input, a smaller kernel, or fewer strides before it
help-more-values = use a larger input or fewer strides before it, or another normalisation or pool
help-use-projection = use a projection (`shortcut = "projection"`) where channels are dropped
help-order-of-layers = check the order: feature maps, then flatten, then linear layers
help-layer-before = let the layer before it output { $channels } channels
help-size-of-one = choose a size of 1 or more
help-padding-at-most = choose a smaller kernel or dilation, or write a `padding` of at most { $most }
help-at-most = choose { $most } at most
help-skip = the skip around all stages adds the stem's { $stem } to { $body }: give it layers that make the shapes equal, as in `{ $example }`, or write `skip = "none"`
help-shortcut-channels = let the shortcut output as many channels as the main path: { $channels }
help-same-stride = give the main path and the shortcut the same stride
help-stride-of-block = { $path } has stride { $stride } in every block, but the shortcut is the identity where the stage's `strides` do not say so: write `stride = "stride"` there
help-block-shape = the block's main path changes the shape, although neither its stride nor `out` says so: make the three agree
help-identity = the identity shortcut does not fit: give the block a projection shortcut (`shortcut = "projection"`), here a 1×1 convolution { $from } → { $to } channels with stride { $stride }
help-turns-pixels = { $path } is { $window } with padding { $padding }, which turns { $from } into { $to } pixels
help-even-kernel = { $turns }: no border keeps the size with an even kernel; write an odd one, `kernel = { $kernel }`, or `padding = "same"`
help-padding = { $turns }: write `padding = { $padding }`
help-stride-twice = the main path has a stride twice, at { $first } and { $second }: keep one of them

## Findings of the lint

problem-stride-in-1x1 = the bottlenecks have their stride in the first 1×1 (v1, as published in 2015)
help-stride-in-1x1 = torchvision's v1.5 has it in the 3×3: the same parameters, more operations, better accuracy
problem-same-padding-left = `padding = "same"` at stride { $stride }: { $first } pixels at the left and { $last } at the right, where PyTorch's `padding = { $own }` has { $own } on both sides
problem-same-padding-above = `padding = "same"` at stride { $stride }: { $first } pixels above and { $last } below, where PyTorch's `padding = { $own }` has { $own } on both sides
help-same-padding = the shapes are equal, but every window is shifted by a pixel: right for weights trained in TensorFlow or Keras, wrong for all others; remove it there
problem-stride-twice = the block's main path has a stride twice, at { $first } and here
help-one-stride = a block takes one stride; put the other into another stage
problem-idle-projection = the shortcut is a projection where the identity would fit ({ $shape })
help-idle-projection = option C of He et al. 2015: more parameters, hardly more accuracy; `shortcut = "projection"` keeps only the necessary ones
problem-stage-keeps-size = stage { $stage } does not downsample
help-stage-keeps-size = after the first stage, each halves the map with stride 2 in its first block, unless it is dilated
problem-downsamples-once = the network downsamples only in its first stage: stages 2 to { $stages } work on maps of one size
problem-downsamples-nowhere = the network downsamples nowhere in its body: stages 2 to { $stages } work on maps of one size
help-downsamples-once = give the first block of each stage after the first stride 2 (`strides = [1, 2, 2, 2]`): wide stages on large maps cost many times the operations
problem-relu-before-add = a ReLU is between the main path and the addition: the block can then only add, never subtract
help-relu-before-add = let the main path end with its last normalisation, and put the ReLU after the addition (`{ $example }`)
problem-no-relu-after-add = no ReLU follows the addition
help-no-relu-after-add = He et al. 2015 activate after the addition: `{ $example }`; a pre-activation block has its ReLUs before the convolutions instead
problem-norm-after-relu = the normalisation comes after the ReLU
help-norm-after-relu = the order is convolution, normalisation, ReLU (Ioffe and Szegedy 2015, section 3.2): swap the two
problem-norm-after-pool = a normalisation follows the stem's pool
help-norm-after-pool = the stem is convolution, normalisation, ReLU, pool; nothing follows the pool: remove it
problem-bias-before-norm = the convolution has { $count } biases, and the batch norm after it subtracts the mean: they change nothing
help-bias-before-norm = remove the biases (`bias = false`); the batch norm has an addend of its own
problem-projection-without-norm = the projection has no normalisation, but the main path that it is added to has one
help-projection-without-norm = normalise the shortcut too, so both operands of the addition have one scale (`shortcut = "projection"`)
problem-norm-missing = no normalisation follows this convolution, as one does after most others
help-norm-late = the normalisation comes too late: put it directly after the convolution, before ReLU and pool
help-norm-missing = put `{ $example }` after it: convolution, normalisation, ReLU
problem-stem-without-relu = the stem has no ReLU
help-stem-without-relu = the stem is convolution, normalisation, ReLU, and for large images a pool: add `{ $example }`
problem-small-stem = the stem keeps { $pixels } pixels: it is the stem for CIFAR's 32-pixel images
help-small-stem = for large images a 7×7 convolution and a pool, each with stride 2, reduce the side by 4 before the first stage; without them it costs 16 times the operations
problem-stem-without-pool = the stem reduces { $from } pixels to { $to } only: its pool is missing
help-stem-without-pool = put `{ $example }` at the end of the stem: every stage then works on a quarter of the pixels
problem-large-stem = the stem reduces { $from } pixels to { $to }: it is the stem for ImageNet's 224-pixel images
help-large-stem = small images need their pixels: a 3×3 convolution with stride 1 and no pool (see `resnet20_cifar`)
problem-pool-loses-pixels = the pool turns { $from } pixels into { $to }, but half of them are { $wanted }
help-pool-loses-pixels = a pool with stride 2 halves the map with padding (kernel − 1) / 2, rounded down: 1 for 3×3, 2 for 5×5; with another, every later map is a pixel or more off
problem-head-tied-to-size = the head flattens { $size } pixels: its linear layer fits images of this one size only
help-head-tied-to-size = put `{ $example }` before it: one number per channel whatever the size, and far fewer parameters
problem-crop-beyond-picture = the middle { $size } is cut out of images whose shorter side is { $shorter }: black borders appear
help-crop-beyond-picture = resize the shorter side to the crop's or more, as in `resize = 256` for 224×224

## Fixes

fix-edits = { $edits }
fix-set = { $key } = { $value }
fix-remove = remove { $key }
fix-follow = put { $value } after { $key }
fix-swap = swap { $key } with the one before it
fix-overlap = the edits overlap
fix-not-in-file = { $key } is not in the file
fix-not-in-list = { $key } is not in a list
fix-cannot-add = { $key } cannot be added
fix-not-a-table = { $key } is not a table
notice-fix-does-not-fit = the fix does not apply to this file: { $reason }
notice-undone = undone: { $fix }
notice-file-changed = { $file } has changed since it was read: nothing was written
fault-headline = { $file }, line { $line }: { $problem }
fault-cannot-run = { $path } cannot run: { $why }; 4 shows the fix
fault-breaks-a-rule = it breaks a rule
checks-f-applies = f applies it: { $fix }
checks-what = Checked: the spec's keys and values, { $rules } rules of legality (one input, one output, no cycle, shapes that agree at every layer …) and the lint (where strides and projections are).

## Budgets of the command check

cost-parameters = parameters
cost-operations = operations by rule { $rule }
cost-activations = activations
cost-memory = memory in inference
budget-kept = { $what }: { $cost } of { $allowed }, { $share }
budget-exceeded = { $what }: { $cost } exceeds the budget of { $allowed } by { $over }
budget-over = { $over }, { $share }
budget-exactly = it is { $cost }, which is { $over } too many
budget-bytes = { $number } bytes
check-within-budget = { $name }: within budget, { $kept }
check-notes =
    { $count ->
        [one] 1 note
       *[other] { $count } notes
    }
check-counts = { $counts }
check-no-rule = there is no rule `{ $rule }`; { $help }
check-known-rules = the rules are: { $rules }
check-page = { $page }: `resnet-explore check --explain { $rule }` prints this page of the book
check-one-output = --output takes one fixed spec: name one network
check-fix-built-in = { $name } is built in: --output FILE writes a fixed copy
check-fix-no-file = { $name } cannot be written in place: --output FILE writes a fixed copy
check-no-fix = { $name }: there is no fix to apply

## The command explain

explain-is = is { $what } of { $title } ({ $net }): { $value }
explain-of-all = { $confidence }; { $count } of all combinations searched have these digits.
explain-quoted = Figures quoted for { $title }
explain-advice = Try another unit (G, M), or `--net` with a spec file.
explain-marks = `*` marks the figures with these digits; `resnet-explore stats NAME --count all` explains each rule.
explain-certain = certain: equal to the unit
explain-likely = likely: the other matches are less common
explain-unsure = unsure: other combinations fit too
explain-guess = a guess: no match has exactly these digits
explain-unknown = unknown: nothing in the catalogue is close

## Labels, in tables and details

label-picture = picture
label-operations = operations
label-moved = moved
label-changed = changed
label-costs = costs
label-read = read
label-product = product
label-appeared = appeared
label-gone = gone
label-follows = follows
label-rounded = rounded
label-cut = cut
label-mode = mode
label-time = time
label-inference = inference
label-training = training
label-shape = shape
label-mean = mean
label-min = min
label-max = max
label-height = height
label-width = width
label-computes = computes
label-written-in = written in
label-name = name
label-title = title
label-family = family
label-networks = networks
label-years = years
label-macs = macs
label-values = values
label-variance = variance
label-skewness = skewness
label-kurtosis = kurtosis
label-histogram = histogram
label-batch = batch
label-pictures = pictures
label-difference = difference
label-classes = classes
label-value = value
label-fit = fit
label-quoted-as = quoted as
label-published = published
label-crop = crop
label-interpolation = interpolation
label-known-weights = known weights
label-compare = compare
label-differences = differences
label-first = first
label-second = second
label-list = list
label-mark = mark
label-rule = rule
label-answer = answer
label-batches = batches
label-catalogue = catalogue
label-channel = channel
label-constant = constant
label-explain = explain
label-filter = filter
label-fix = fix
label-help = help
label-hint = hint
label-maps = maps
label-step = step
label-table = table
label-view = view

## Words that are another thing at the head of a column

heading-error = error
heading-note = note
heading-where = where

## Keys: a sentence for the help and the list of commands; .short is the word in the footer

key-lists-up = move up
key-lists-down = move down
key-lists-page-up = page up
key-lists-page-down = page down
key-lists-first = go to the first row
key-lists-last = go to the last row

key-catalogue-accept = open the network; on a family, expand or collapse it
    .short = open
key-catalogue-search = search by name, title, family or paper
    .short = search
key-catalogue-lessons = choose a lesson
    .short = lessons
key-catalogue-plot = plot the networks: accuracy against cost
    .short = points
key-catalogue-turn-trained = show accuracy for ImageNet-1k training only, or for any training data
key-catalogue-mark = mark or unmark for a comparison
    .short = mark
key-catalogue-compare = compare the two marked networks, or the marked one with this one
    .short = compare
key-catalogue-pick-sort = sort by a figure, or by family again
    .short = sort
key-catalogue-turn-sort = reverse the order

key-scatter-accept = open the selected network
    .short = open
key-scatter-to-left = go to the nearest point on the left
    .short = walk
key-scatter-to-right = go to the nearest point on the right
key-scatter-to-up = go to the nearest point above
key-scatter-to-down = go to the nearest point below
key-scatter-dearer = go to the next more expensive network
key-scatter-cheaper = go to the next cheaper network
key-scatter-turn-axis = show MACs or parameters on the horizontal axis
    .short = MACs or parameters
key-scatter-turn-trained = show accuracy for ImageNet-1k training only, or for any training data
key-scatter-plot = show the list again
    .short = list
key-scatter-back = show all networks again; without a search, the list
key-scatter-search = search by name, title, family or paper
    .short = search
key-scatter-mark = mark or unmark for a comparison
    .short = mark
key-scatter-compare = compare the two marked networks, or the marked one with this one
    .short = compare

key-search-accept = open the selected network; in the plot, keep the matches
    .short = open
key-search-back = end the search and show all networks
    .short = all networks
key-search-erase = delete the last character
key-search-up = move up
key-search-down = move down

key-layers-accept = expand or collapse; on a layer, read its details
key-layers-detail = go to the detail panel
    .short = detail
key-layers-switch-bars = switch the bars between MACs and parameters
    .short = bars
key-layers-switch-numbers = show numbers in full, or in thousands, millions …
key-layers-pick-columns = choose columns
    .short = columns
key-layers-pick-ranking = rank the layers by a number, or show the tree again
    .short = rank
key-layers-filter = show only layers that match words, such as conv 3×3 stride 2
    .short = filter
key-layers-copy = copy a cell of the selected row to the clipboard

key-detail-detail = go back to the table
    .short = table

key-graph-zoom-in = zoom in: stages, blocks, layers
    .short = zoom in
key-graph-zoom-out = zoom out: layers, blocks, stages
    .short = zoom out
key-graph-branch-right = go to the branch on the right
key-graph-branch-left = go to the branch on the left
key-graph-follow = follow the edge that leaves the main path: from a block's start to its addition
    .short = follow
key-graph-follow-back = go back along the edge that joins the main path
key-graph-pan-up = scroll up
key-graph-pan-down = scroll down
key-graph-pan-left = scroll left
key-graph-pan-right = scroll right

key-spec-fix = apply the first fix
key-spec-undo-fix = undo the last fix
key-spec-accept = show the layer that this line makes in the table
    .short = go to layer

key-checks-accept = show the layer in the table
    .short = go to layer
key-checks-fix = apply the fix of the selected problem to the spec; a built-in spec is copied first
    .short = fix
key-checks-undo-fix = undo the last fix
key-checks-to-spec = show the line of the spec
    .short = go to line

key-compare-accept = expand or collapse; on a layer, open the second network
    .short = open
key-compare-next-difference = go to the next difference
    .short = next
key-compare-previous-difference = go to the previous difference
key-compare-only-differences = show only differences, or all rows
    .short = differences
key-compare-open-a = open the first network at this row
    .short = first
key-compare-open-b = open the second network at this row
    .short = second
key-compare-find-layer = jump to a layer of either network by its path
    .short = find
key-compare-swap-sides = swap the two networks
key-compare-pick-rule = choose the counting rule
key-compare-pick-size = change the input's height and width
key-compare-pick-batch = change the batch size
key-compare-pick-classes = change the number of classes

key-running-cancel = stop the run at the next layer
    .short = stop

key-forward-step = run the next layer
    .short = step
key-forward-step-back = step back one layer
    .short = back
key-forward-run-all = run to the end
    .short = run all
key-forward-explain = explain one value: how it is computed
    .short = explain
key-forward-changes = switch off a block, zero a branch, move a stride …, and run again from there
    .short = change
key-forward-prepare = change the preprocessing: type mean, std, side, filter, channel order
key-forward-run-to = run up to and including the selected layer
    .short = run to
key-forward-choose = choose weights and input
    .short = choose
key-forward-rewind = go back to the start
    .short = rewind
key-forward-next-maps = show the next channels
key-forward-previous-maps = show the previous channels
key-forward-enlarge = show one channel enlarged
key-forward-shrink = show several channels again
key-forward-contrast = scale each map on its own, or all alike
key-forward-switch-mode = normalise by this batch's statistics, or by the running statistics
key-forward-toggle-stop = stop or do not stop after the selected layer
key-forward-turn-stops = stop at every addition, at the end of every stage, or at marked layers only
key-forward-slower = run slower, pausing at every layer
key-forward-faster = run faster
key-forward-earlier = on the timeline: previous layer
key-forward-later = on the timeline: next layer
key-forward-longest = go to the layer that took longest, or that a change affected most
key-forward-timeline = show times on the timeline, or how much a change affected each output
key-forward-accept = expand or collapse

key-explained-left = select the value on the left
key-explained-right = select the value on the right
key-explained-up = select the value above
    .short = move
key-explained-down = select the value below
key-explained-next-maps = next channel
    .short = channel
key-explained-previous-maps = previous channel
key-explained-order = list the products by size, or in kernel order
    .short = order
key-explained-step = run the next layer and explain its value there
    .short = step
key-explained-step-back = step back one layer
    .short = back
key-explained-explain = show the maps again
    .short = maps

key-tree-toggle = expand or collapse
    .short = collapse
key-tree-fold-in = collapse, or go to the parent
key-tree-fold-out = expand, or go to the first child
key-tree-close-all = collapse all
    .short = collapse all
key-tree-open-all = expand all
    .short = expand all

key-chooser-accept = start a pass with the selected weights and input
    .short = start
key-chooser-other-list = go to the other list
    .short = other list
key-chooser-type-choice = type a seed or a file name
    .short = type a seed or file
key-chooser-find-file = find a weights file or an image
    .short = find a file

key-files-accept = select the file, or open the folder
    .short = open
key-files-folder-up = go to the folder above
    .short = folder above
key-files-back = return to the lists of weights and input
    .short = back

key-typing-accept = confirm the text
    .short = confirm
key-typing-back = keep the previous value
    .short = cancel
key-typing-erase = delete the last character

key-picker-accept = show or hide the column; rank by the number
    .short = choose

key-finder-accept = choose the selected row, or the typed text
    .short = choose
key-finder-back = close the list
    .short = close
key-finder-erase = delete the last character
key-finder-up = move up
key-finder-down = move down
key-finder-page-up = page up
key-finder-page-down = page down

key-laboratory-next-maps = next channel
    .short = channel
key-laboratory-previous-maps = previous channel
key-laboratory-enlarge = larger batch: 1, 4, 16, 64 images
    .short = larger batch
key-laboratory-shrink = smaller batch
key-laboratory-step = run one more batch: the running statistics move
    .short = batches
key-laboratory-step-back = one batch fewer
key-laboratory-constant = use a constant input instead of the images, or the images again
    .short = constant
key-laboratory-back = close the lab
    .short = close

key-question-accept = choose the option, type the answer, or go to the view to select the layer
    .short = answer
key-question-hint = show the hint
    .short = hint
key-question-show-answer = show the answer; it is then not counted
    .short = show

key-answered-accept = go to the next question
    .short = next
key-answered-retry = try the question again
    .short = retry

key-answering-accept = submit the answer
    .short = answer
key-answering-back = leave the question open
    .short = cancel
key-answering-erase = delete the last character

key-lesson-accept = continue
key-lesson-to-view = move to the view
    .short = view
key-lesson-lesson-room = show the lesson alone, or next to the view
    .short = full
key-lesson-next-page = next question
key-lesson-previous-page = previous question
key-lesson-look = show the subject of the question in the view again
key-lesson-leave-lesson = leave the lesson; answers are kept
    .short = leave

key-beside-answer = answer with the selected layer, or return to the lesson
    .short = answer

key-help-back = close the help
    .short = close

key-network-tab-layers = the layer table
key-network-tab-graph = the graph: boxes and edges
key-network-tab-forward = a forward pass, layer by layer
key-network-tab-checks = problems and remarks
key-network-tab-spec = the spec and the network it makes
key-network-next-tab = next view
    .short = next view
key-network-previous-tab = previous view
key-network-find-layer = jump to a layer by its path or what it does
    .short = find
key-network-laboratory = study the selected batch normalisation, or the next one: statistics, formula, histograms
key-network-pick-rule = choose the counting rule
key-network-pick-size = change the input's height and width
key-network-pick-batch = change the batch size
key-network-pick-classes = change the number of classes
key-network-compare-with = compare with another network

key-opened-back = return to the catalogue or the comparison
    .short = back

key-anywhere-back = close what was opened last
key-anywhere-undo = return to where you were before the last jump
key-anywhere-redo = go forward again
key-anywhere-export = write this view to a file
key-anywhere-lessons = choose a lesson: predict, and let the network decide
key-anywhere-next-theme = next theme: dark, light, high contrast, no colour
key-anywhere-switch-ascii = draw with ASCII only, or with all characters
key-anywhere-palette = search for a command by name
    .short = all commands
key-anywhere-help = show the keys
    .short = help
key-anywhere-quit = quit
    .short = quit

key-always-quit = quit
key-always-suspend = return to the shell; fg comes back here

## What stands between the parts of a list

joint-comma = {", "}
joint-or = {" or "}
joint-and = {" and "}
joint-semicolon = {"; "}
