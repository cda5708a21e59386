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

## Gradients and training

gradient-no-derivative = `{ $layer }` is a { $op }, which has no derivative, so no gradient can pass through it. Use such a layer only to prepare pictures.
gradient-needs-classes = `{ $layer }` outputs a feature map, and the loss needs one number per class. End the network with a pool, a flatten and a linear layer.
gradient-labels-count =
    There { $labels ->
        [one] is 1 label
       *[other] are { $labels } labels
    } for { $images ->
        [one] 1 image
       *[other] { $images } images
    }. Give each image one label.
gradient-label-beyond = There is no label { $label }: the network has { $classes ->
        [one] 1 class, whose label is 0
       *[other] { $classes } classes, labelled 0 to { $last }
    }.
data-no-folder = There is no folder { $path }. Give --data digits, or a folder with the files of MNIST or CIFAR, or with one subfolder of pictures per class.
data-unknown = { $path } contains no data that is known: neither the files of MNIST (train-images-idx3-ubyte) or CIFAR (data_batch_1.bin, train.bin), nor subfolders of pictures, one per class.
data-unreadable = { $path } cannot be read: { $reason }.
data-cut-short = { $path } is cut short: { $missing ->
        [one] 1 byte is missing
       *[other] { $missing } bytes are missing
    }. Download it again.
data-too-long = { $path } has more bytes than its header promises. Download it again.
data-not-idx = { $path } is not an IDX file of the kind that MNIST has. Check the download.
data-missing = { $path } is missing. The set needs all of its files in one folder.
data-labels-differ = { $path } has { $images ->
        [one] 1 picture
       *[other] { $images } pictures
    } and { $labels ->
        [one] 1 label
       *[other] { $labels } labels
    }. The two files belong to different sets.
data-other-size = The pictures in { $path } have another size than those to train on.
data-label-of-file = Picture { $picture } in { $path } has label { $label }, and the set has { $classes } classes. The file is damaged.
data-no-pictures = { $data } contains no pictures.
data-one-class = { $data } has only one class, so there is nothing to learn. Give at least two.
data-few = { $data } has { $pictures } pictures, too few to train on some and test on others.
data-class-unknown = { $path } is a class without pictures to train on.
data-picture = A picture cannot be used: { $reason }.
data-size = { $data } has pictures of { $own }, and { $network } reads { $wanted } (channels × height × width). Choose a network of that size, or set --input-size.
data-label-beyond = { $data }: picture { $picture } has label { $label }, and { $network } has { $classes } classes. Set --classes.
train-nothing-learns = Every layer with weights is frozen, so nothing can be trained.
train-diverged = The loss is no longer a number at step { $step }. Lower the learning rate.
train-diverged-at = The loss is no longer a number at step { $step }; the first layer with such a value is { $layer }. Lower the learning rate.
train-state-differs = { $file } cannot be resumed from: `{ $tensor }` is missing or has another shape. It belongs to another network or to other frozen layers.
flag-not-negative = write a number that is not below 0
flag-below-one = write a number from 0 to below 1
gradient-stopped = The backward pass was stopped.
gradient-not-finite = note: the loss is not a finite number; check the weights and the input.
gradient-title = { $model }, input { $input }, weights { $weights }; { $mode }
gradient-batch-statistics = batch norm by the batch's statistics
gradient-running-statistics = batch norm by its running statistics
gradient-loss = Loss (mean cross-entropy): { $loss }
gradient-loss-after = Loss after a step of { $step }: { $loss }
gradient-ratio = Gradient of the first block over that of the last: { $ratio }
gradient-column-block = block
gradient-column-tensor = tensor
gradient-column-shape = shape
gradient-column-norm = ‖gradient‖
gradient-column-rms = rms
gradient-column-log = on a logarithmic scale
train-twice = { $net } is named twice.
train-begun-anew = note: these tensors do not fit and begin anew: { $tensors }
train-freeze-nothing = { $net } has no layer { $path } to freeze. `table { $net }` lists its layers.
train-estimate = { $net }: { $parameters } parameters, at most { $memory } of memory, { $step } ms a step
train-plan = { $data }: { $train } pictures to train on and { $test } to test on; { $steps } steps, about { $seconds } s
train-not-kept = note: nothing is kept; give a folder with -o to keep weights and log
train-epoch = { $net }  epoch { $epoch }  loss { $loss }  right { $train } %, of the test { $test } %  { $rate } images/s
train-curve-loss = Loss, { $low } to { $high }
train-curve-test = Right in the test, { $low } to { $high } %
train-saved = { $net }: the weights of epoch { $epoch }, the best in the test, are in { $path }
train-stopped = Stopped. Nothing was kept.
train-stopped-kept = Stopped. The best weights so far are kept; continue with --resume.
train-folder-taken = { $path } is there already. Continue that training with --resume, or choose another folder.
train-other-net = { $path } is the log of { $own }, not of { $net }.
train-other-setting = This training began with { $option } { $began }, and now it would be { $now }. Give the same settings to continue it.
effect-schedule-steps-takes = --schedule steps takes it
