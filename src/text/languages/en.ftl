# Texts of the interface: English. Adding a language is copying this file under its code.

## Lessons, on the command line and beside the views

lesson-prompt = {"your answer> "}
lesson-right = Right.
lesson-wrong = Not so.
lesson-nothing-typed-help = Nothing was typed. An answer, ? for the hint, s to see, q to leave.
lesson-unreadable = This cannot be read as
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
lesson-enter-next = Enter begins it
lesson-enter-end = Enter ends the course
lesson-summary = Summary
lesson-your-answer = Your answer: { $answer }
lesson-answer-shown = You saw the answer without one of your own.
lesson-enter-on = r tries again, Enter goes on
lesson-enter-first = Enter begins with the first question
lesson-enter-type = Enter types the answer
lesson-choose = choose with ↑ ↓, Enter answers
lesson-place-alone = Esc goes to the view; select the layer there, then a answers
lesson-place-beside = select the layer in the view, then a answers
lesson-computing = the tool is computing …
lesson-row-is-a-group = select a layer: this row is a whole block or stage
lesson-no-layer = no layer is selected here
lesson-nothing-typed = Nothing was typed.
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
fault-parent = numbers are not its own but { $parent }'s
fault-readable = numbers are of what could be read of it

## Notices in the footer

notice-text-cut = only the first { $count } characters are kept
notice-no-shell = no shell waits here: q quits
notice-pass-runs = a pass runs: stop it first
notice-has-run = it has run already: p takes layers back, 0 rewinds
notice-errors-first = mend the network's errors first: they stand under Checks
notice-no-fix-made = no repair was made yet
notice-no-match = nothing has these letters
notice-q-quits = q quits
notice-no-pass = start a pass first: w chooses weights and input
notice-no-fix = there is no repair that only needs to be applied: see what it says
notice-line-without-layer = this line makes no layer of its own
notice-no-norm = this network has no batch normalisation
notice-about-file = this one is about the file, not about a layer
notice-stops-marked = runs stop at marked layers
notice-stops-additions = runs stop at every addition
notice-stops-stages = runs stop at the end of every stage
notice-end = this is the end: 0 rewinds
notice-no-back = there is nothing to go back to
notice-no-forward = there is nothing to go forward to
notice-no-export = this view is not written to a file
notice-nothing-to-choose = there is nothing to choose from here
notice-closest = this is as close as it gets
notice-farthest = this is as far away as it gets
notice-no-branch = no branch at this side; f follows the edge that skips
notice-no-reader = nothing reads this
notice-no-input = this reads nothing
notice-fetching = fetching weights and input …
notice-sending = sending a batch through …
notice-measuring = measuring …

## Titles of panes, lists and windows

title-lessons = Lessons
tab-forward = Forward
title-keys = Keys
title-purpose = see, check and run residual networks
title-commands = Commands
title-find-layer = Go to a layer
title-filter = Only layers with
title-rule = Count operations by
title-size = Height × width of the input
title-batch = Images at once
title-classes = Number of classes
title-prepare = Prepare the picture by
title-prepare-typed = type mean, std, side, filter …
title-copy = Copy to the clipboard
title-export = Write what is in view to a file
title-sort = Sort the networks by
title-about = about
title-checks = checks
title-layers = layers
title-spec-makes = what it makes
title-problem = what, where, and the repair
title-downsampling = where the map gets smaller
title-distribution = how often each value occurs
title-run = Run a picture through the network
title-columns = Columns
title-rank = Rank the layers by
title-changes = Change and run again
title-points = Points

## Where keys hold, as headings of the help

context-always = Always
context-anywhere = Anywhere but in a text
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
context-running = While a pass runs
context-chooser = Weights and input
context-typing = While typing weights or input
context-picker = Columns and rankings
context-finder = Lists that are searched
context-laboratory = Laboratory of a batch normalisation
context-lesson = Lesson
context-question = A lesson's question
context-answered = A question that is answered
context-answering = While an answer is typed
context-beside = View beside a lesson
context-help = Help
context-files = Files of weights and pictures
context-scatter = Networks as points
context-opened = Opened from another screen
context-tree = Trees
context-compare = Two networks side by side

## The view of the checks

checks-no-downsampling = nowhere
checks-none = ✓ Nothing speaks against this network.

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
explain-of-all = { $confidence }; { $count } of all the combinations searched have these digits.
explain-quoted = What is quoted for { $title }
explain-advice = Try another unit (G, M), or `--net` with a spec file.
explain-marks = `*` marks what has these digits; `resnet-explore stats NAME --count all` tells what each rule counts.
explain-certain = certain: it is equal to the unit
explain-likely = likely: what else fits is less common
explain-unsure = unsure: other combinations fit as well
explain-guess = a guess: nothing has exactly these digits
explain-unknown = unknown: nothing of the catalogue comes near

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

key-lists-up = one up
key-lists-down = one down
key-lists-page-up = a screenful up
key-lists-page-down = a screenful down
key-lists-first = to the first
key-lists-last = to the last

key-catalogue-accept = open the network; on a family, fold or unfold it
    .short = open
key-catalogue-search = search by name, title, family or paper
    .short = search
key-catalogue-lessons = choose a lesson
    .short = lessons
key-catalogue-plot = networks as points: accuracy against a cost
    .short = points
key-catalogue-turn-trained = accuracies of weights trained on ImageNet-1k alone, or on any data
key-catalogue-mark = mark for a comparison, or no longer
    .short = mark
key-catalogue-compare = compare the two marked networks, or the marked one with this one
    .short = compare
key-catalogue-pick-sort = sort by a figure, or by family again
    .short = sort
key-catalogue-turn-sort = turn the order round

key-scatter-accept = open the chosen network
    .short = open
key-scatter-to-left = to the nearest point at the left
    .short = walk
key-scatter-to-right = to the nearest point at the right
key-scatter-to-up = to the nearest point above
key-scatter-to-down = to the nearest point below
key-scatter-dearer = to the next more expensive one
key-scatter-cheaper = to the next cheaper one
key-scatter-turn-axis = MACs or parameters along the horizontal axis
    .short = MACs or parameters
key-scatter-turn-trained = accuracies of weights trained on ImageNet-1k alone, or on any data
key-scatter-plot = the list again
    .short = list
key-scatter-back = all networks after a search, or else the list again
key-scatter-search = search by name, title, family or paper
    .short = search
key-scatter-mark = mark for a comparison, or no longer
    .short = mark
key-scatter-compare = compare the two marked networks, or the marked one with this one
    .short = compare

key-search-accept = open the selected network; among points, keep what is found
    .short = open
key-search-back = end the search and show all networks
    .short = all networks
key-search-erase = take the last character back
key-search-up = one up
key-search-down = one down

key-layers-accept = fold or unfold; on a layer, read its detail
key-layers-detail = go to the detail panel
    .short = detail
key-layers-switch-bars = bars show the share of MACs or of parameters
    .short = bars
key-layers-switch-numbers = numbers in full, or all of a column in thousands, millions …
key-layers-pick-columns = choose columns
    .short = columns
key-layers-pick-ranking = rank the layers by a number, or show the tree again
    .short = rank
key-layers-filter = show only layers that match words, such as conv 3×3 stride 2
    .short = filter
key-layers-copy = copy a cell of the selected row to the clipboard

key-detail-detail = go back to the table
    .short = table

key-graph-zoom-in = closer: stages, blocks, layers
    .short = closer
key-graph-zoom-out = farther: layers, blocks, stages
    .short = farther
key-graph-branch-right = to the branch at the right
key-graph-branch-left = to the branch at the left
key-graph-follow = along the edge that leaves the path: from a block's beginning to its addition
    .short = follow
key-graph-follow-back = back along the edge that joins the path
key-graph-pan-up = look further up
key-graph-pan-down = look further down
key-graph-pan-left = look further left
key-graph-pan-right = look further right

key-spec-fix = apply the first repair that there is
key-spec-undo-fix = take the last repair back
key-spec-accept = show the layer that the line makes in the table
    .short = go to layer

key-checks-accept = show the layer in the table
    .short = go to layer
key-checks-fix = apply the repair of the selected problem to the spec; a shipped one is copied
    .short = fix
key-checks-undo-fix = take the last repair back
key-checks-to-spec = show the line of the spec
    .short = go to line

key-compare-accept = fold or unfold; at a layer, open the second network
    .short = open
key-compare-next-difference = to the next difference
    .short = next
key-compare-previous-difference = to the difference before
key-compare-only-differences = only what differs, or all rows
    .short = differences
key-compare-open-a = open the first network at this row
    .short = first
key-compare-open-b = open the second network at this row
    .short = second
key-compare-find-layer = jump to a layer of either network by its path
    .short = find
key-compare-swap-sides = exchange the two
key-compare-pick-rule = choose the rule by which operations are counted
key-compare-pick-size = change the input's height and width
key-compare-pick-batch = change how many images there are at once
key-compare-pick-classes = change the number of classes

key-running-cancel = stop the run at the next layer
    .short = stop

key-forward-step = run the next layer
    .short = step
key-forward-step-back = take the last layer back
    .short = back
key-forward-run-all = run to the end
    .short = run all
key-forward-explain = explain one value: what it was made of
    .short = explain
key-forward-changes = switch off a block, zero a branch, move a stride …, and run again from there
    .short = change
key-forward-prepare = prepare the picture otherwise: type mean, std, side, filter, order of the colours
key-forward-run-to = run up to the selected layer, and with it
    .short = run to
key-forward-choose = choose weights and input
    .short = choose
key-forward-rewind = go back to the beginning
    .short = rewind
key-forward-next-maps = the channels after these
key-forward-previous-maps = the channels before these
key-forward-enlarge = show one channel, large and side by side
key-forward-shrink = show several channels again
key-forward-contrast = stretch each map from black to white, or all alike
key-forward-switch-mode = normalise by this batch's statistics, or by the running ones again
key-forward-toggle-stop = let runs stop behind the selected layer, or no longer
key-forward-turn-stops = let runs stop at every addition, at the end of every stage, or at marked layers only
key-forward-slower = run slower, with a look at every layer
key-forward-faster = run faster
key-forward-earlier = along the timeline: to the layer before
key-forward-later = along the timeline: to the layer behind
key-forward-longest = to the layer that took longest, or that a change has moved most
key-forward-timeline = the timeline shows times, or how far a change has moved each output
key-forward-accept = fold or unfold

key-explained-left = the value to the left
key-explained-right = the value to the right
key-explained-up = the value above
    .short = move
key-explained-down = the value below
key-explained-next-maps = the next channel
    .short = channel
key-explained-previous-maps = the channel before
key-explained-order = list the products by size, or as they lie in the kernel
    .short = order
key-explained-step = run the next layer and explain its value there
    .short = step
key-explained-step-back = take the last layer back
    .short = back
key-explained-explain = show the maps again
    .short = maps

key-tree-toggle = fold or unfold
    .short = fold
key-tree-fold-in = fold, or go out
key-tree-fold-out = unfold, or go in
key-tree-close-all = fold all
    .short = fold all
key-tree-open-all = unfold all
    .short = unfold all

key-chooser-accept = start the pass with what is selected in both lists
    .short = start
key-chooser-other-list = go to the other list
    .short = other list
key-chooser-type-choice = type a seed or a file in place of the list
    .short = type a seed or file
key-chooser-find-file = look for a file of weights, or for a picture
    .short = find a file

key-files-accept = take the file, or go into the folder
    .short = open
key-files-folder-up = go to the folder above
    .short = folder above
key-files-back = back to the lists of weights and input
    .short = leave it

key-typing-accept = take what was typed
    .short = take it
key-typing-back = leave it as it was
    .short = leave it
key-typing-erase = take the last character back

key-picker-accept = show or hide the column; rank by the number
    .short = choose

key-finder-accept = take the selected line, or what was typed
    .short = take it
key-finder-back = close the list
    .short = close
key-finder-erase = take the last character back
key-finder-up = one up
key-finder-down = one down
key-finder-page-up = a screenful up
key-finder-page-down = a screenful down

key-laboratory-next-maps = the next channel
    .short = channel
key-laboratory-previous-maps = the channel before
key-laboratory-enlarge = a larger batch: 1, 4, 16, 64 pictures
    .short = larger batch
key-laboratory-shrink = a smaller batch
key-laboratory-step = send one more batch through: the running statistics move
    .short = batches
key-laboratory-step-back = one batch less
key-laboratory-constant = a constant input in place of the pictures, or the pictures again
    .short = constant
key-laboratory-back = close the laboratory
    .short = close

key-question-accept = take the selected option, type the answer, or go to the view to choose the layer
    .short = answer
key-question-hint = show the hint
    .short = hint
key-question-show-answer = show the answer without one of your own
    .short = show

key-answered-accept = go on to the next question
    .short = next
key-answered-retry = try the question again
    .short = retry

key-answering-accept = answer with what was typed
    .short = answer
key-answering-back = leave the question open
    .short = leave it
key-answering-erase = take the last character back

key-lesson-accept = go on
key-lesson-to-view = give the keys to the view
    .short = view
key-lesson-lesson-room = show the lesson alone, or beside the view again
    .short = full
key-lesson-next-page = the next question
key-lesson-previous-page = the question before
key-lesson-look = show again in the view what the question is about
key-lesson-leave-lesson = leave the lesson; what was answered is kept
    .short = leave

key-beside-answer = answer the lesson with the selected layer, or give it the keys
    .short = answer

key-help-back = close the help
    .short = close

key-network-tab-layers = the layer table
key-network-tab-graph = the graph: boxes and edges
key-network-tab-forward = a forward pass, step by step
key-network-tab-checks = what is wrong or worth knowing
key-network-tab-spec = the spec beside what it makes
key-network-next-tab = the next view
    .short = next view
key-network-previous-tab = the view before
key-network-find-layer = jump to a layer by its path or what it does
    .short = find
key-network-laboratory = look into the selected batch normalisation, or the next one: statistics, formula, histograms
key-network-pick-rule = choose the rule by which operations are counted
key-network-pick-size = change the input's height and width
key-network-pick-batch = change how many images there are at once
key-network-pick-classes = change the number of classes
key-network-compare-with = compare with another network

key-opened-back = go back to the catalogue, or to the comparison
    .short = back

key-anywhere-back = leave what was opened last
key-anywhere-undo = back to where one was before the last jump
key-anywhere-redo = forward again
key-anywhere-export = write what is in view to a file
key-anywhere-lessons = choose a lesson: predict, and let the network decide
key-anywhere-next-theme = the next colours: dark, light, high contrast, none
key-anywhere-switch-ascii = draw with ASCII alone, or with all signs again
key-anywhere-palette = look for a command by its words
    .short = all commands
key-anywhere-help = these keys
    .short = help
key-anywhere-quit = quit
    .short = quit

key-always-quit = quit
key-always-suspend = give the terminal to the shell until fg brings this back
