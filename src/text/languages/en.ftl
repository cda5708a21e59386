# Texts of the interface: English. Adding a language is copying this file under its code.

## Lessons, on the command line and beside the views

lesson-prompt = {"your answer> "}
lesson-right = Correct.
lesson-wrong = Not quite.
lesson-wrong-because = Not quite. { $reason }
lesson-beside = In the explorer, with its networks beside it: `resnet-explore explore --lesson { $id }`
lesson-nothing-typed-help = No answer was typed. Type one, or ? for the hint, s for the answer, q to leave.
lesson-unreadable = This is not { $kind }
lesson-hint = Hint: { $hint }
lesson-found = The tool finds: { $query } = { $value }
lesson-look = See for yourself: { $command }
lesson-keys = ? hint · s show the answer · q leave; answers so far are saved
lesson-right-answers = Correct answers: { $right } / { $all }
lesson-left = You left the lesson; answers so far are saved.
lesson-question = Question { $number }/{ $all }
lesson-question-of = question { $number } of { $all }
lesson-kind-choice = a letter: a, b, …
lesson-kind-number = a number, such as 36864 or 4.09G
lesson-kind-shape = a shape, such as 64×56×56
lesson-kind-place = a layer's path, such as layer1.0.conv1
lesson-column-id = id
lesson-column-lesson = lesson
lesson-column-right = right
lesson-next = Next lesson: { $title }
lesson-last = This was the last lesson.
lesson-enter-next = { $key } starts it
lesson-enter-end = { $key } ends the course
lesson-summary = Summary
lesson-your-answer = Your answer: { $answer }
lesson-answer-shown = Answer shown; not counted.
lesson-enter-on = { $retry } tries again, { $accept } continues
lesson-enter-first = { $key } shows the first question
lesson-enter-type = { $key } types the answer
lesson-choose = choose with { $up } { $down }, { $accept } answers
lesson-place-alone = { $view } goes to the view; select the layer there, then press { $answer }
lesson-place-beside = select the layer in the view, then press { $answer }
lesson-computing = the tool is computing …
lesson-row-is-a-group = select one layer: this row is a whole block or stage
lesson-no-layer = no layer is selected here
lesson-nothing-typed = No answer was typed.
lesson-score = { $right } of { $all } correct
lesson-right-of = { $right }/{ $all } right
lesson-tries =
    { $count ->
        [one] 1 try
       *[other] { $count } tries
    }
lesson-with-the-hint = with the hint
lesson-not-answered = not answered
lesson-hidden = hidden until the question is answered
lesson-network = The network of this question
lesson-unreadable-files = the lessons cannot be read
lesson-exercises = { $right } of { $all } mistakes corrected in `resnet-explore lesson fix`
lesson-due =
    { $count ->
        [0] No question to review today
        [one] 1 question to review in `resnet-explore lesson review`
       *[other] { $count } questions to review in `resnet-explore lesson review`
    }

review-title = Review
review-intro = These questions were answered wrong, late or with the hint. A question that is answered right at once comes back after 1, 3 and 9 days, and then no more.
review-due =
    { $count ->
        [0] No question to review today
        [one] 1 question to review today
       *[other] { $count } questions to review today
    }
review-enter-end = { $key } ends the review
review-again =
    { $count ->
        [0] asked again today
        [one] asked again tomorrow
       *[other] asked again in { $count } days
    }
review-over = not asked again

## Exercises: specs with a mistake, corrected in an editor

fix-exercise = Exercise { $number } of { $all }
fix-file = Edit { $file } and save it; every version is checked at once.
fix-keys = h hint · n next exercise · r start again (your version is kept) · q quit
fix-done = ✓ Fixed: no problems found, and the shapes are right.
fix-next = n continues with the next exercise
fix-summary = { $right } of { $all } mistakes corrected
fix-aside = Your version is kept in { $file }
fix-unreadable = { $file } cannot be read: { $reason }
fix-unknown = there is no exercise `{ $name }`; they are numbered from 1 to { $all }
fix-other-parts = No problems found, but this network has { $own } parts and the corrected one { $right }: correct the mistake and keep the rest.
fix-other-shape = No problems found, but { $part } outputs { $own }, and { $right } in the corrected network.

## A lesson's file, for those who write lessons

lesson-file-open-comment = this comment is not closed by -->
lesson-file-head = a lesson begins with <!-- lesson
lesson-file-no-id = the lesson has no id
lesson-file-no-title = a lesson has a title after its head: # …
lesson-file-shape = a question has its text, then three parts <details><summary>…</summary> … </details>: the hint, the explanation, the wrong answers
lesson-file-slip = `{ $line }` is not a wrong answer with its reason: write `- b) reason` for an option, `- ``64``: reason` for a typed answer
lesson-file-slips = every wrong option has its line, each wrong answer once, and the right answer none
lesson-file-same-query = another question of this lesson has this query, and saved answers are named by their query: ask something else
lesson-file-same-reason = another wrong answer has the same reason, `{ $reason }`: say why this one is tempting and wrong here
lesson-file-no-right-option = the tool finds `{ $value }`, which is not one of the options
lesson-file-right-slip = `{ $value }` is what the tool finds: the right answer needs no reason why it is wrong
lesson-file-key-pattern = the right options of four questions follow a pattern that can be guessed: reorder the options of this one
lesson-file-claim-undecided = no question decides the claim `{ $claim }`: name it in `decides` of one
lesson-file-claim-unnamed = a question decides the claim `{ $claim }`, which `claims` at the top does not name
lesson-file-no-question = the lesson has no question
lesson-file-query-and-kind = a question has a query and a kind
lesson-file-kind = `{ $kind }` is not a kind of question: choice, number, shape or place
lesson-file-options = a choice has four options; other kinds have none
lesson-file-option-words = the comment has { $options } options, the question { $words } lines `- a) words`
lesson-file-view-net = a view names its net
lesson-file-column = there is no column `{ $column }`
lesson-file-pane = there is no pane `{ $pane }`; the panes are { $panes }

## A spec that is broken on disk

fault-line = { $fault }; { $numbers }
fault-gone = ✗ { $file } is gone
fault-at = ✗ error in line { $line } of { $file }
fault-somewhere = ✗ the file has an error
fault-last-good-of = showing { $time }
fault-last-good = showing the last good version
fault-parent = showing the numbers of { $parent }, its parent
fault-readable = numbers are from the part that could be read

## Notices in the footer

notice-text-cut = only the first { $count } characters are kept
notice-no-shell = no shell to return to
notice-pass-runs = a forward pass is running: stop it first
notice-has-run = this layer has already run: p steps back, 0 rewinds
notice-errors-first = fix the network's errors first: see Checks
notice-no-fix-made = there is no fix to undo
notice-no-match = no match
notice-no-key = { $key } does nothing here; { $help } lists the keys
notice-key-elsewhere = { $key } does nothing here. { $place }: { $what }
notice-q-quits = { $key } quits
notice-no-pass = start a pass first: choose weights and input
notice-no-weights-here = no trained ImageNet weights are on this disk: open a network, then get some in its list of weights
notice-no-fix = this problem has no automatic fix: see its text
notice-line-without-layer = no layer belongs to this line alone
notice-no-path-to-cut = this layer is in no block with an addition: select one that is
notice-nothing-to-flip = nothing to flip: change the pass first
present-on = presenter mode: the answers are hidden until { $show } shows them; { $key } ends it
present-quit = quit? press { $quit } once more
present-nothing-hidden = nothing is hidden
present-hidden = answer hidden
pass-input-veiled = input: a picture
flip-before = BEFORE
flip-after = AFTER
notice-no-weights-chosen = the chosen weights are not here: choose others in the forward pass
notice-no-norm = this network has no batch normalisation
notice-stops-marked = runs stop at marked layers
notice-stops-additions = runs stop at every addition
notice-stops-stages = runs stop at the end of every stage
notice-end = this is the end: 0 rewinds
notice-no-back = there is nothing to go back to
notice-no-forward = there is nothing to go forward to
notice-nothing-to-choose = there is nothing to choose here
notice-closest = this is the closest zoom
notice-farthest = this is the farthest zoom
notice-no-branch = no branch on this side; f follows the shortcut
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
title-prepare = Preprocessing of the image
title-prepare-typed = type mean, std, side, filter …
title-copy = Copy to the clipboard
title-export = Write this view to a file
title-sort = Sort the networks by
title-trained = Show the accuracies of weights
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
context-stats = Overview
context-layers = Layers
context-detail = Detail panel
context-graph = Graph
context-checks = Checks
context-spec = Spec
context-weights = Weights
context-forward = Forward pass
context-explained = One value explained
context-running = While a pass is running
context-chooser = Weights and input
context-typing = While typing weights or input
context-picker = Columns and rankings
context-finder = Searchable lists
context-bn-lab = Batch normalisation lab
context-lesson = Lesson
context-question = Lesson question
context-answered = Answered question
context-answering = While typing an answer
context-beside = View next to a lesson
context-help = Help
context-files = File picker
context-confirm = Before a fix is written
context-scatter = Plot of the networks
context-opened = Network opened from another screen
context-tree = Trees
context-compare = Two networks side by side

## The view of the checks

checks-no-downsampling = none
checks-none = ✓ No problems found

## Checkpoints in other wrappings

weights-undone = weights: { $what }
weights-entry = entry `{ $entry }`
weights-entry-of = entry `{ $entry }` (`--entry` chooses another: { $others })
weights-entry-averaged = entry `{ $entry }`, averaged weights (EMA)
weights-entry-averaged-of = entry `{ $entry }`, averaged weights (EMA; `--entry` chooses another: { $others })
weights-prefix = prefix `{ $prefix }` removed from the names
weights-wrappers = wrappers inside the names removed: { $words }
weights-names = names translated from: { $names }
weights-names-structure = names translated by structure and shape
weights-hooks = hooks resolved into plain weights: { $hooks }
weights-channels-summed = the first convolution is adapted from { $base } channels to one: its weights are their sum
weights-channels-repeated = the first convolution is adapted from { $base } channels to { $channels }: its weights are repeated and multiplied by { $base }/{ $channels }
weights-passed-over = { $count ->
    [one] 1 tensor outside the network ignored: { $names }
   *[other] { $count } tensors outside the network ignored: { $names }
}
weights-and-more = { $names } and { $count } more
weights-twice = it holds the network twice, under `{ $first }` and under `{ $second }`: choose one with `--entry { $entry }`
weights-no-entry = it has no entry `{ $entry }`; it has { $known }
weights-no-entries = it has no entries, so no entry `{ $entry }` either
shards-long = it is an index of more than { $limit } MiB: no checkpoint needs that
shards-damaged = it is not a complete index ({ $cause }): download it again
shards-many = it lists { $count } files, more than { $limit }: no checkpoint needs that
shards-elsewhere = it lists `{ $file }`, which is not a file in the same directory
shards-missing = it lists { $file }, which cannot be read ({ $reason }): download all files that it lists into one directory
shards-tensor = it lists `{ $name }` in { $file }, which has no such tensor: download both again
pickle-many-marks = it has more than { $limit } open marks: no checkpoint needs that
pickle-many-at-hand = it has more than { $limit } objects on its stack: no checkpoint needs that
pickle-long-name = an import has a name that is too long
numpy-kind = a NumPy array has no number type
numpy-big-endian = `{ $name }` has big-endian numbers; save it again on a little-endian machine
state-long-name = a tensor has a name that is too long: the file is damaged or hostile
fit-two-heads = the file has no `{ $head }`, and both `{ $one }` and `{ $other }` could be it: keep only one of them in the file
fit-same-shapes = the file has the same shapes under other names
fit-alike = the file has the same shapes under other names, and nothing distinguishes `{ $one }` from `{ $other }`: rename its tensors
differs-pool = other shortcuts: by the numbers in the names, one of the two networks has a layer without weights there, such as an average pool
closest-renamed = { $name } fits: all { $wanted } tensors, under other names
choice-entry = --entry has no effect with --weights { $weights }; a checkpoint file takes it
effect-checkpoint-has-entries = only a checkpoint file after --weights has entries

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
column-reads = input from
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
check-more-problems = and { $count } more problems; `check --format json` shows all
stats-stage = stage
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
list-broken = { $name } in your directory has errors: { $error } (`check { $name }` shows all)
check-facts = { $layers ->
    [one] 1 layer
   *[other] { $layers } layers
}, { $blocks ->
    [one] 1 block whose paths agree
   *[other] { $blocks } blocks whose paths agree
}, { $pixels } pixels
check-facts-plain = { $layers ->
    [one] 1 layer
   *[other] { $layers } layers
}, { $blocks ->
    [one] 1 block
   *[other] { $blocks } blocks
} without a shortcut, { $pixels } pixels
check-ok = { $name }: ok, { $facts }
check-ok-but = { $name }: ok, { $warnings }; { $facts }
check-checked = { $count ->
    [one] 1 network
   *[other] { $count } networks
} checked, { $wrong } with errors

## Errors, their parts and lists

output-error = error: { $message }
output-note = note: { $message }
with-help =
    { $problem }
    help: { $help }
text-lines = { $lines }
did-you-mean = did you mean `{ $name }`?
output-json = the result cannot be written as JSON: { $cause }
output-stdout = stdout cannot be written: { $reason }
output-closed = it is closed; redirect it to a file, a pipe or /dev/null

## Files that are not read or written

system-not-found = there is no such file
system-not-permitted = permission denied
system-directory = it is a directory
system-not-a-directory = a part of the path is not a directory
system-disk-full = the disk is full
system-quota = the disk quota is used up
system-read-only = the file system is read-only
system-too-large = it is larger than { $limit }, the limit for this kind of file
system-not-utf8 = it is not UTF-8
system-pipe = it is a pipe, which may never end: write its output to a file first
system-socket = it is a socket, not a file
system-device = it is a device, not a file
file-unreadable = { $file } cannot be read: { $reason }; check the path and its permissions
file-unwritable = { $file } cannot be written: { $reason }; nothing was changed
file-no-directory = there is no directory { $directory }
file-exists = the file exists; --force replaces it
file-read-only = the existing file is read-only
file-too-large = it would exceed the largest file size here
file-no-new-files = its directory does not allow new files
folder-unreadable = this directory cannot be read: { $reason }
folder-unmakeable = { $folder } cannot be created: { $reason }
remembered-damaged = { $file } is damaged: starting fresh
remembered-newer = { $file } is from a newer resnet-explore and is left unchanged: starting fresh
remembered-nothing = nothing is remembered: { $reason }
replay-pause = line { $line }: `{ $word }` is not a pause; write seconds from 0 to { $limit }, such as wait:0.5
progress-no-home = there is no home directory: answers are not saved
progress-unreadable = { $file } cannot be read: { $reason }; answers are not saved this time
progress-newer = { $file } is from a newer version of this program: it is left unchanged, and answers are not saved this time
progress-damaged-kept = { $file } is damaged ({ $cause }): it is kept as { $other }, and a new one is started
progress-damaged = { $file } is damaged ({ $cause }): it is left unchanged, and answers are not saved this time

## Pictures

picture-shipped = the built-in sample
picture-none = { $file } is not an image; PNG, JPEG, WebP, BMP and GIF can be read
picture-undecodable = { $file } cannot be decoded: { $reason }; open it in an image editor and save it as PNG
picture-too-large = { $file } has { $width }×{ $height } pixels, more than { $limit } million; make it smaller
picture-channels = { $file } has 1 or 3 channels, like every image, but the network takes { $channels }; use a network with 1 or 3 input channels
picture-no-pixels = it has no pixels
picture-cut-short = it is truncated: its end is missing

## Weights that cannot be used

weights-missing = { $origin } has no tensor `{ $name }`; check that these weights belong to this network
weights-missing-likely = { $origin } has no tensor `{ $name }`; did you mean `{ $suggestion }`?
weights-shape = `{ $name }` in { $origin } is { $found }, and the network needs { $expected }; these weights belong to another network
weights-single-number = a single number
weights-dtype = `{ $name }` in { $origin } holds { $dtype } numbers; save it as F32, F16 or BF16
weights-unusable = { $file } cannot be used: { $reason }
weights-refused = { $file } asks for `{ $name }`, which is refused: { $advice }. Nothing in the file was run
weights-of-tensor = `{ $name }`: { $reason }
weights-too-few-numbers = `{ $name }` has fewer numbers than its shape needs
weights-memory = the weights would take { $needed } of memory, beyond the limit of { $limit }: use a smaller network
weights-memory-free = the weights would take { $needed } of memory, and this machine has { $free } free: use a smaller network
weights-empty = it is empty: download or save it again
weights-zip = it is a ZIP archive, as `torch.save` writes
weights-safetensors-damaged = it is not a complete safetensors file ({ $cause }): it may be truncated or damaged; download or save it again
weights-unknown-format = it is neither a `torch.save` nor a safetensors file: it may be truncated, damaged, or from another program; download or save it again
weights-directory = it is a directory: pass a checkpoint in it
weights-directory-such-as = it is a directory: pass a checkpoint in it, such as { $file }
weights-not-finite = `{ $name }`: { $counts }
weights-nan = not a number: { $count } of { $all } values
weights-infinite = infinite: { $count } of { $all } values
weights-negative = below 0, impossible for a variance: { $count } of { $all } values
weights-more-tensors = and { $count } more tensors
weights-no-finite-pass = a forward pass with { $file } would not be finite: { $tensors }
weights-train-again = train or save it again: a value that is not finite spreads to every layer after it

## Files that are not a checkpoint

foreign-git-lfs = it is a Git LFS pointer: fetch the file itself with `git lfs pull`
foreign-web-page = it is a web page that a server sent instead of the file: download the file itself
foreign-onnx = it is an ONNX model, which this program can write but not read: save the `state_dict` of the original network in PyTorch
foreign-gzip = it is compressed: unpack it with `gunzip`
foreign-tar = it is a tar archive: unpack it; a file of PyTorch 0.1 must be saved again with a later PyTorch
foreign-npy = it is a single NumPy array (.npy): a checkpoint has all tensors of a network by name; save its `state_dict`
foreign-gguf = it is a GGUF file, which holds language models: pass a PyTorch or safetensors checkpoint
foreign-tflite = it is a TensorFlow Lite model: its names and layouts differ from PyTorch's; use PyTorch weights
foreign-hdf5 = it is HDF5, as Keras writes: its names and layouts differ from PyTorch's; use PyTorch weights, or rename and transpose them in Python and save them with `safetensors.torch.save_file`
foreign-torch-export = it is a `torch.export` program (.pt2), not a checkpoint: in Python, `torch.save(torch.export.load(FILE).state_dict, "weights.pth")` saves its weights
foreign-keras = it is a Keras model: its names and layouts differ from PyTorch's; use PyTorch weights
foreign-npz = it is an archive of NumPy arrays (.npz): if their names are those of the network's `state_dict`, in Python, `torch.save(dict((k, torch.from_numpy(v)) for k, v in numpy.load(FILE).items()), "weights.pth")` makes a checkpoint of it
foreign-dcp = it is a torch.distributed.checkpoint directory: convert it to one file with `python -m torch.distributed.checkpoint.format_utils dcp_to_torch DIRECTORY FILE.pth`
foreign-index = it is the index of a checkpoint in several parts and holds no tensors: join the files that it lists into one, in Python with `torch.save` of one dictionary
foreign-json = it is JSON, which holds no tensors: pass the checkpoint next to it
refused-harmful = a checkpoint has no use for it, and running it could do harm; do not load this file in Python either
refused-torchscript = this is a TorchScript program, not a checkpoint; in Python, `torch.save(torch.jit.load(FILE).state_dict(), "weights.pth")` saves its weights
refused-quantised = quantised tensors are not read; save the float weights from before quantisation
refused-sparse = sparse tensors are not read; save dense ones
refused-other = only tensors and plain containers are loaded; if this is a whole model, save its weights in Python, where its code is installed: `torch.save(torch.load(FILE, weights_only=False).state_dict(), "weights.pth")`

## Damaged checkpoints

archive-broken = its ZIP archive is truncated or damaged ({ $cause }); download or save it again
archive-directory = its directory is beyond its end
archive-member-beyond = `{ $name }` is beyond the end of the file
archive-without-description = it is a ZIP archive without a `data.pkl`, so not from `torch.save`; unpack it and pass the file inside
archive-long = `{ $name }` would take { $bytes } bytes, more than { $limit } MiB: no checkpoint needs that
archive-method = `{ $name }` is compressed by method { $method }, which is not supported; save it uncompressed
archive-encrypted = `{ $name }` is encrypted; unpack the archive first
archive-claims = `{ $name }` claims { $bytes } bytes from { $packed }, which is impossible: the file is damaged or hostile
archive-twice = it has two files `{ $name }`: it is damaged or hostile
archive-overlap = `{ $first }` and `{ $second }` overlap: the file is damaged or hostile
archive-checksum = its checksum is wrong: the file is damaged (or was saved with `compute_crc32` off); download or save it again
archive-beyond = its storage ends beyond the file
archive-small-part = it is a small part of { $bytes } compressed bytes, which would all have to be unpacked; save it uncompressed
archive-short = its storage is too short
archive-unpack = it cannot be unpacked ({ $cause }): the file is damaged
archive-unpack-size = it does not unpack to { $bytes } bytes: the file is damaged
pickle-damaged = { $reason }; it is truncated or damaged: download or save it again
pickle-other = it is a pickle, but not from `torch.save`, and holds no named NumPy arrays; save a dictionary of tensors with `torch.save` or as safetensors
pickle-old = it is from PyTorch 0.1, whose format is not supported; save it again with a later PyTorch
pickle-big-endian = its numbers are big-endian; save it again on a little-endian machine
pickle-many-objects = it describes more than { $limit } objects
pickle-ends = its description ends at byte { $byte }, too early
pickle-line-end = a line at byte { $byte } has no end
pickle-line-text = a line at byte { $byte } is not text
pickle-opcode = byte { $byte } is { $code }, which is not a pickle opcode
pickle-stack = byte { $byte } takes from an empty stack
pickle-mark = byte { $byte } needs a mark that is not there
pickle-import-name = an import has no name
pickle-python-1 = it builds objects of classes as Python 1 did
pickle-registry = it uses pickle's extension registry
pickle-outside = it keeps its data outside the file
pickle-append = something is appended to an object that is not a list
pickle-insert = something is put into an object that is not a dictionary
pickle-pair = a dictionary has a key without a value
pickle-reference = it refers to object { $number }, which does not exist
pickle-reference-number = it refers to an object without a number
pickle-function = it calls an object that is not a function
pickle-call-tuple = a call has no tuple of arguments
pickle-call-many = a call has { $count } arguments
pickle-call-wrong = a call of `{ $name }` has the wrong arguments
pickle-tensor-storage = a tensor has no storage
pickle-tensor-kind = a tensor has no number type
pickle-tensor-begin = a tensor begins before its storage, or nowhere
pickle-tensor-strides = a tensor has { $dimensions } dimensions and { $strides } strides
pickle-tensor-dimensions = a tensor has { $count } dimensions
pickle-sizes-tuple = the sizes or strides of a tensor are not a tuple
pickle-size-negative = a tensor has a negative size or stride, { $size }
pickle-size-number = a size or stride of a tensor is not a number
pickle-storages = its storages are not listed: the file is damaged
pickle-storage-none = a storage has no description
pickle-storage-nonsense = the description of a storage is invalid
pickle-storage-name = a storage has no name: the file is damaged
pickle-storage-view = the view of a storage is invalid
pickle-storage-negative = storage { $storage } has a negative size or offset
pickle-storage-missing = storage { $storage } is missing; download or save it again
pickle-storage-size = storage { $storage } should have { $wanted } bytes and has { $found }: the file is damaged
pickle-storage-unused = storage { $storage } belongs to no tensor: the file is damaged
pickle-storage-cut = it ends before storage { $storage }: it is truncated
pickle-storage-claims = storage { $storage } claims { $count } numbers, more than the file holds: it is truncated or damaged
pickle-storage-twice = storage { $storage } occurs twice: the file is damaged
state-one-tensor = it holds one tensor without a name: a checkpoint holds named tensors
state-list = it holds a list: a checkpoint holds named tensors
state-no-names = it holds no named tensors: pass a checkpoint
state-no-tensors = it holds no tensors: pass a checkpoint
state-entries = none of its entries is recognisable as the weights ({ $entries }): choose one with `--entry { $first }`, or save it alone in Python: `torch.save(torch.load(FILE)["{ $first }"], "weights.pth")`
state-optimiser = it is the state of an optimiser: numbered running averages without names, and no weights; pass the file to which the training saved the weights
state-optimiser-entry = its entry `{ $entry }` is the state of an optimiser: numbered running averages without names, and no weights; pass the file to which the training saved the weights
state-beyond = `{ $name }` reaches beyond its storage: the file is damaged or hostile
state-storage = `{ $name }` has no storage

## Weights that do not fit

misfit-missing = `{ $name }` ({ $shape }) is missing
misfit-missing-likely = `{ $name }` ({ $shape }) is missing; it may be `{ $suggestion }`
misfit-shape = `{ $name }` is { $found } and should be { $wanted }
misfit-extra = `{ $name }` ({ $shape }) does not belong to the network
fit-headline = { $file } does not fit { $network }
fit-line = {"  "}{ $line }
fit-finding = { $headline }: { $reasons }
fit-summary = tensors: { $fitting } of { $wanted } fit; { $tally }
fit-summary-prefix = tensors: { $fitting } of { $wanted } fit once `{ $prefix }` is removed from their names; { $tally }
fit-missing = { $count } missing
fit-other-shape = { $count } of another shape
fit-left-over = { $count } left over
fit-part = { $part }: { $first }
fit-parts = { $part }: { $tally }; first { $first }
fit-part-block = { $part }, block { $blocks }
fit-part-blocks = { $part }, blocks { $blocks }
fit-more-parts = and { $count } more parts
fit-reason = reason: { $reason }
fit-closest = closest: { $sentence }
fit-and-more = `{ $first }` and { $count } more
fit-quantised = the file is quantised: { $names } scale integers; use the float weights
fit-layout-names = the file's names are from Keras, TensorFlow or JAX (`{ $name }`): kernels are height × width × in × out there, and out × in × height × width here; convert them with `kernel.transpose(3, 2, 0, 1)`, matrices with `.T`, and use PyTorch's names
fit-layout-shapes = { $count } tensors have the dimension order of Keras, TensorFlow or JAX: kernels are height × width × in × out there, and out × in × height × width here; convert them with `kernel.transpose(3, 2, 0, 1)`, matrices with `.T`, and use PyTorch's names
fit-detector = this is a detection network with its backbone under `{ $prefix }`; in Python, `{ $code }` gives the backbone alone
fit-segmentation = this is a segmentation network with its backbone under `{ $prefix }`; in Python, `{ $code }` gives the backbone alone
fit-averaged = averaged weights (EMA) have the prefix `{ $prefix }`; in Python, `{ $code }` removes it
fit-prefix = the names have the prefix `{ $prefix }`; in Python, `{ $code }` removes it
fit-twice = the file holds the network more than once: under `{ $first }` and under `{ $second }`
fit-optimiser = the state of an optimiser is among the tensors ({ $names }): the file is a whole training checkpoint
fit-classes = this file has a { $found }-class head; the network has { $wanted }
fit-other-head = the file has no `{ $head }`, but another head: it was trained for another task
fit-no-head = the file has no head (`{ $head }`): it holds only the layers before it
fit-input =
    this file takes images of { $found ->
         [one] 1 channel
        *[other] { $found } channels
    }; the network takes { $wanted }
fit-input-squares = this file takes images of { $found } channels in squares of { $side }×{ $side } pixels; the network takes { $wanted }. Such a first convolution is adapted to 1 channel and to no other number, as in timm
fit-names = the file's tensor names differ from the network's: it is from another program or another family of networks
fit-check = `{ $command }` prints the same; add `--format json` for JSON
fit-no-file = there is no file { $file }, and a checkpoint is not a network: give the network first, and the file after --weights
fit-alone =
    { $file } is a checkpoint of { $count } tensors, not a network: give the network first, and the file after --weights
      { $closest }
fit-alone-closest =
    { $closest }
    help: { $command }
fit-alone-none = no network in the catalogue is close to its tensors
closest-classes = { $name } with { $classes } classes
closest-by-shape = by shapes alone, { $name } is closest: { $fitting } of its { $wanted } tensors have a counterpart
closest-whole = { $name } fits: all { $wanted } tensors
closest-best = { $name } fits best: { $fitting } of its { $wanted } tensors, and { $more } of the file's are left over
closest-prefix = once `{ $prefix }` is removed, { $fits }
closest-twins = { $fits } (no checkpoint distinguishes it from { $twins })
differs-deeper = a deeper variant: the file has { $file } blocks in its stages, the network { $network }
differs-shallower = a shallower variant: the file has { $file } blocks in its stages, the network { $network }
differs-depths = another variant: the file has { $file } blocks in its stages, the network { $network }
differs-convolutions = another kind of block: the file's blocks have { $file }, the network's { $network }
differs-basic = 2 convolutions (basic blocks)
differs-bottleneck = 3 convolutions (bottlenecks)
differs-convolution-count = { $count } convolutions
differs-wider = wider blocks: the file's first convolutions output { $file } channels, the network's { $network }
differs-narrower = narrower blocks: the file's first convolutions output { $file } channels, the network's { $network }
differs-groups = grouped differently: the file's 3×3 convolutions have { $file }, the network's { $network }
differs-group-count = { $count } groups
differs-none = none
differs-ungrouped = no groups
differs-pre-activation = a v2 network: the file's blocks normalise before their convolutions (pre-activation), the network's after
differs-post-activation = not a v2 network: the file's blocks normalise after their convolutions, the network's before (pre-activation)
differs-stem = another stem: the file's has { $file }, the network's { $network }
differs-no-kernel = no kernel
differs-attention = another attention: the file's blocks have { $file }, the network's { $network }
differs-folded = no running statistics, but biases: batch normalisation was folded into the convolutions; use weights saved before that
differs-no-statistics = no running statistics: a network with group normalisation, or weights saved without buffers
differs-statistics = running statistics: a network with batch normalisation, where this one has another normalisation

## Forward passes that cannot run, and their choices

cell = channel { $channel }, row { $row }, column { $column }
cell-of-image = image { $image }, channel { $channel }, row { $row }, column { $column }
mode-inference = inference
mode-training = training
engine-illegal = the network cannot run: { $reason }
engine-illegal-at = the network cannot run: { $path }: { $reason }
engine-input = the network takes { $expected }, and the input is { $found } (channels × height × width)
engine-batch = the compiled network takes { $expected }, and the input is { $found } (images × channels × height × width)
engine-one-value = { $path } has one value per channel, which has no variance: use a larger batch or input, or inference mode
engine-beside = { $layer } would reach beyond its feature maps (`{ $reach }`), so the fast pass was not started; this is a bug in the program, and `--plain` avoids it
engine-beside-map = a step would reach beyond its feature map (`{ $reach }`), so the fast pass was not started; this is a bug in the program, and `--plain` avoids it
engine-memory = the pass would take { $needed } of memory, beyond the limit of { $limit }: use a smaller batch, input or network
engine-memory-free = the pass would take { $needed } of memory, and this machine has { $free } free: use a smaller batch, input or network
engine-too-large = a feature map is too large for the fast kernels: use a smaller input
engine-no-kernel = this processor does not support { $kernel }; it supports { $kernels }
engine-no-instructions = this processor lacks the instructions
choice-no-weights = there are no built-in weights for { $name }; use synthetic:0 or a checkpoint file
choice-no-samples = there are no samples for { $name }; use synthetic:0 or an image file
choice-no-such-sample = there is no sample:{ $number }; the samples are sample:0 to sample:{ $last }
choice-batch = one image makes a batch of 1, not of { $size }; give one --input per image, or use sample:N or synthetic:SEED
choice-weights-form = `{ $text }` is none of shipped, synthetic:SEED, init:he:SEED, init:torch:SEED, FILE.safetensors, FILE.pth
choice-input-form = `{ $text }` is none of sample:N, synthetic:SEED, an image file
choice-no-input = the network has no input
lab-other-layer = `{ $path }` is a { $op }, not a batch normalisation; { $help }
lab-no-channel = there is no channel { $channel }: `{ $path }` has { $channels }, counted from 0
lab-norms = its batch normalisations go from `{ $first }` to `{ $last }`
lab-no-norms = this network has none
explain-no-cell = { $path } outputs { $shape }; there is no { $cell }
explain-not-run = { $path } has not run, or its values were not kept

    w: choose other weights or another input

## Changes of a pass

edit-refused = { $path }: { $reason }
edit-main-path = { $block }: main path zeroed
edit-shortcut = { $block }: shortcut zeroed
edit-bypass = { $path } skipped
edit-mute = { $path }: channel { $channel } zeroed
edit-stride = stride of { $from } moved to { $to }
edit-reverse = channels reversed: blue, green, red
edit-replace = { $path }: { $settings }
edit-batch-statistics = statistics of this batch
edit-running-statistics = running statistics
edit-imagenet = mean and std of ImageNet
edit-mean-std = mean { $mean }, std { $std }
edit-no-addition = only an addition has a main path and a shortcut
edit-changes-shape = it cannot be skipped: it changes the shape
edit-no-channel = it has no channel { $channel }
edit-no-stride = it has no stride that could be moved
edit-has-stride = it has a stride already
edit-takes-no-stride = only a convolution can be given a stride
edit-gives-no-stride = only a convolution has a stride that can be moved
edit-no-colours = only an image has a channel order
edit-side = a side has from 1 to { $limit } pixels
edit-one-per-channel = it takes one mean and one standard deviation per channel
edit-deviation = a standard deviation must be above 0
edit-other-step = this change does not apply to this layer

## One value of a pass explained

value-nothing = there is nothing to explain
value-title = { $path } { $cell } = { $value }
value-setting = { $model } · weights { $weights } · input { $input } · { $mode }

## The command run

run-shadowed = `{ $name }` is { $file }, in place of the built-in network
run-chose-weights = weights: { $weights } (choose others with --weights)
run-chose-input = input: { $input } (choose another with --input)
run-no-layer = the network has no layer to run
no-such-layer = there is no layer `{ $path }`; { $help }
run-lists-layers = `resnet-explore table { $network }` lists them
run-idle-top = --top has no effect with --until { $path }: only the network's output has classes
run-idle-picture = { $option } has no effect on { $input }, which is not an image; give --input an image file
run-idle-laboratory = { $option } has no effect with --bn and { $weights }: its images are then synthetic and already preprocessed
run-mixed-inputs = { $input } makes a whole batch by itself; give image files instead, or --batch N
run-inputs-batch = { $count } inputs make a batch of { $count }, not of { $batch }; leave --batch out
run-black-border = { $crop } is cropped from { $picture }, which is { $resized } after resizing: the border is black
run-not-finite =
    the pass is not finite: `{ $path }` is the first layer whose output is not finite
    { $cause }
run-overflow = every weight is finite, so values grew beyond the range of 32-bit floats
run-picture-steps = { $size }, { $steps }
label-rms = rms
run-input-shows = { $input } ({ $shape }, shows: { $label })
run-picture = image
run-mode = mode
run-mode-training = training (statistics of this batch)
run-seconds = { $seconds } s ({ $kernels } kernels)
run-seconds-plain = { $seconds } s (plain kernels)
run-numbers = numbers
run-bf16-instruction = bf16, by the processor's instruction for pairs (AVX-512-BF16)
run-bf16-beside-tiles = bf16, by the processor's instruction for pairs (AVX-512-BF16); its tiles (AMX), which are faster, are not used
run-bf16-halves = bf16, by f32 instructions, which is slow: this processor or these kernels have none for bf16
run-bf16-answer = { $class } in f32: { $before }, in bf16: { $now }
run-error-rms = error (rms)
run-error-max = error (max)
run-idle-fault = { $option } has no effect: a network with an error runs on the plain kernels. Leave it out, or fix the error that `check` shows.
run-idle-fault-top = --top has no effect: a network with an error runs up to it, and classes come after the last layer. Leave it out, or fix the error that `check` shows.
stats-idle-fault = { $option } has no effect: a network with an error is counted up to it, by one rule. Leave it out, or fix the error that `check` shows.
run-image = image { $number }
run-moved = { $count } running statistics updated; `--format json` shows them
progress-running = running
progress-tuning = timing the ways to compute convolutions
progress-weights = loading weights

## The command explore

explore-no-terminal = the explorer needs a terminal, and this is a pipe or a file
explore-no-terminal-help = `resnet-explore stats NAME`, `table NAME` and `list` print without one; `resnet-explore --help` shows all
explore-terminal = the terminal cannot be used: { $reason }
explore-term-unset = the explorer needs a terminal that can move its cursor, and TERM, which names the terminal, is not set
explore-term = the explorer needs a terminal that can move its cursor, and TERM is `{ $name }`
explore-term-help = if it can, set TERM: `TERM=xterm-256color resnet-explore`; `resnet-explore stats NAME`, `table NAME` and `list` print on any terminal
explore-replay = { $file }: { $reason }
explore-misspelt = there is no command and no network called `{ $name }`; did you mean `resnet-explore { $command }`?

## The commands export, lesson and man

export-wrote = wrote { $file }
export-replace = { $file } exists; replace it? [y/N] {""}
export-kept = { $file } was kept
export-warning = warning: { $warning }
export-table-in-english = the words are in English: pdflatex has no Chinese characters; --to markdown keeps your language
export-in-english = the words are in English: the format's fonts have no Chinese characters; --to svg keeps your language
export-folded = drawn as { $level }, with equal blocks once: in full it would have { $reason }
export-many-edges = { $count } edges, more than the { $limit } that Mermaid draws unless `maxEdges` is raised, which GitHub does not allow
export-many-characters = { $count } characters, more than the { $limit } that Mermaid draws unless `maxTextSize` is raised, which GitHub does not allow
export-without-weights = without weights
export-stand-in-weights = weights { $weights } in place of trained ones, of which none are built in
export-external-name = { $file } is not a file name: write the model to a file, and its weights go next to it
export-onnx-terminal = ONNX is binary and not for a terminal: add -o FILE.onnx, or write to a pipe
export-binary-terminal = this format is binary and not for a terminal: add -o FILE.{ $ending }, or write to a pipe
export-needs-name = name a network: `export resnet50 --to svg`; only --to points draws the whole catalogue
export-points-name = there is no network `{ $name }` in the catalogue to mark among the points; `list` has all names
export-latex-line = { $title }: { $parameters } parameters, { $operations } { $unit } (rule { $rule }), batch { $batch }
figure-length = a length is a number of points from 1 to { $longest }
export-incomplete =
    this network cannot be exported whole: { $count ->
         [one] 1 of its tensors
        *[other] { $count } of its tensors
    } would differ
    { $differences }
export-difference = {"  "}{ $difference }
export-more-differences = {"  "}and { $count } more
export-tensor-shape = { $name } is { $found }, not { $wanted }
export-tensor-missing = { $name } { $shape } is missing
export-tensor-extra = { $name } { $shape } does not belong to the network
export-page-too-large = the page would hold more than { $limit } MiB of `{ $name }`, which has { $layers } layers, too much for a browser; `export --to csv` and `--to json` hold every layer, `--to svg --level stage` draws it
export-external-too-large = the weights of this network are { $bytes } bytes, beyond the limit of { $limit } (16 GiB)
export-onnx-overflow = { $tensor } has the value { $value }, and 16-bit floats end at { $limit }: leave out --fp16
export-any-size = { $multiple ->
    [1] height and width of the input: any
   *[other] height and width of the input: multiples of { $multiple }
 }
export-one-size = this network's graph depends on the input size, first at { $part }: leave out --dynamic-size, and give --input-size
export-onnx-too-large = this network is { $bytes } bytes as one ONNX file, and protobuf allows { $limit }; add --external-data to write the weights to a file beside it
lesson-lists = `resnet-explore lesson --list` lists them
lesson-unknown = there is no lesson `{ $name }`; { $help }
lesson-export-name = { $file }: write a name that ends in .csv or .json
man-unknown = there is no command `{ $name }`; the commands are: { $names }
man-page = the page cannot be written: { $cause }

## The command line: commands

call-about = See, check and run residual networks
call-examples =
    Examples:
      { $program }                                       open the explorer
      { $program } stats resnet101                       totals, stages, downsampling
      { $program } table resnet50 --level block          one row per block
      { $program } compare resnet50_v1 resnet50          differences, and what each costs
      { $program } explain 4.11G                         the source of a published number
      { $program } check my_resnet.toml                  the problems of a spec
      { $program } run resnet20_fashion --input sample:0 a real forward pass

    NAME is a network in the catalogue (`{ $program } list`) or the path of a spec file.
    Exit codes: 0 success, 1 the check or run failed, 2 wrong usage.
call-example = Example: { $command }
call-explore = Open the explorer, on the catalogue or on one network
call-list = List the catalogue
call-stats = Show a network's totals, one row per stage, and its downsampling
call-table = Print the layer table: one row per stage, block or layer
call-check = Check shapes, legality and downsampling of networks and specs
call-compare = Show the differences between two networks, and what each costs
call-explain = Find the network, counting rule, size and head that a published number comes from
call-run = Run a forward pass
call-bench = Time the forward pass, as a whole or step by step
call-export = Write a diagram, a page or a model for other tools
call-lesson = Take a lesson: predict, and let the network decide
call-schema = Print the JSON Schema of spec files, or of the JSON of a command
call-schema-format = Command whose JSON is described; spec files by default
call-completions = Print a shell's completions, which know every network
call-man = Print a page of the manual, or write all of them

## The command line: arguments

call-any-color = When to use colour; the variable `NO_COLOR` is obeyed too
call-any-lang = Language of all text: { $languages }; by default, the locale's
call-any-name = A network or a spec file
call-any-names = Networks or spec files
call-any-format = Format of the output
call-any-level = Level of detail: stage, block or layer
call-any-count = Rule to count operations by: { $rules }
call-stats-count = Rule to count operations by: { $rules }; or all
call-any-weights = shipped, synthetic:SEED or a checkpoint: .safetensors, .pth, .pt, .ckpt or .bin
call-any-entry = Entry of the checkpoint to read, such as ema.module; by default, the one meant for inference
call-any-threads = Number of threads; by default, as many as make the pass faster
call-any-kernel = Kernels: avx512, avx2, neon or portable; by default, the fastest that this processor supports
call-any-direct = Compute every convolution directly, without methods that save multiplications
call-any-precision = Numbers to multiply: f32, or bf16, which is faster on some processors and less exact
call-any-input-size = Input size: 224, or height x width as in 224x320
call-any-batch = Images per batch
call-any-classes = Number of classes, in place of the spec's own
call-any-in-channels = Channels of the input, in place of the spec's own; a checkpoint's first convolution is adapted as in timm
call-any-output-stride = Pixels of the input per pixel of the last feature map: 8, 16 or 32; strides beyond become dilation, as in timm
call-any-mean = Mean to subtract from values of 0 to 1: one for all channels, or R,G,B
call-any-std = Standard deviation to divide by: one for all channels, or R,G,B
call-any-bgr = The network takes blue first; --mean and --std are then B,G,R
call-any-resize = Resize the shorter side to this length before the centre crop
call-any-crop = Crop this square from the centre, and run the network at this size
call-any-interpolation = Filter for resizing: bilinear, bicubic or nearest
call-any-picture = Show the layers that preprocess an image of this size: width x height as in 640x480
call-explore-name = A network or a spec file; by default, the catalogue
call-explore-theme = Colours: dark, light, contrast or none; by default, those that fit the terminal
call-explore-ascii = Draw with ASCII only
call-explore-graphics = Protocol for feature maps: auto, blocks, kitty, sixel or iterm2
call-explore-lesson = Open a lesson next to the views (`lesson --list` lists them)
call-explore-fresh = Start as if for the first time, and remember nothing
call-explore-present = Begin in presenter mode: large labels, echoed keys, hidden answers, a question before quitting
call-explore-plain = Step through passes with the plain kernels: the reference, whose numbers are the same on every processor
call-explore-record = With --replay, write the screens as a moving picture (SVG) instead of showing them
call-explore-force = Replace an existing recording
call-explore-replay = Play keys from a file: words such as `/50 Enter wait:1 Down`
call-bench-warmup = Passes before the first timed one
call-bench-runs = Timed passes
call-bench-layers = One row per step of a pass: time, share, GFLOP/s, and its distance from the machine's ceilings (roofline)
call-bench-tune = Time the ways to compute each convolution first, and keep those that make the pass faster
call-check-all = Every network in the catalogue
call-check-explain = Print the book's page about a rule: its meaning, why it matters, an example, the fix
call-check-fix = Apply the fixes of errors and warnings to the spec files; with `all`, those of notes too
call-check-output = With --fix: write the fixed spec here, and leave the original as it is
call-check-weights = Also check whether this checkpoint fits
call-check-docs-url = Address of the book, for the links to rules in SARIF
call-any-max-params = Maximum learned parameters, such as 26M
call-any-max-macs = Maximum operations per batch by --count, such as 4.1G
call-any-max-activations = Maximum output elements of convolutions and linear layers per batch, such as 11.2M
call-any-max-memory = Maximum memory in inference: weights and the peak of live values, in 32-bit floats, such as 120MiB
call-compare-a = A network or a spec file
call-compare-b = Another network or spec file
call-compare-all = Show equal rows too
call-explain-number = A published number: 4.11G, 25.6M, "8.2 GFLOPs", 25557032
call-explain-net = Search only this network, and its v1 or v1.5
call-explain-top = Number of matches to show
call-export-to = Format to write
call-export-level = Level of detail: stage, block or layer; by default, layer, and block for svg and mermaid
call-export-direction = Direction of the data in a diagram
call-export-color-by = Meaning of the colours in svg and dot
call-export-theme = Background of an svg
call-export-picture = Draw the layers that preprocess an image of this size: width x height as in 640x480
call-export-with = A second network, which html compares with the first
call-export-unfolded = Draw every block, even those equal to the previous one
call-export-output = Write to this file instead of stdout, whole or not at all
call-export-force = Replace an existing file without asking
call-export-weights = shipped, synthetic:SEED, a checkpoint file, or none: the weights are then inputs
call-export-dynamic-batch = Allow any batch size
call-export-dynamic-size = Allow every input size that this network fits, and name those sizes
call-export-fp16 = Weights and values as 16-bit floats: half the size; input and output stay 32-bit
call-export-preprocess = Begin with the image's bytes: scale and standardise them in the graph
call-export-external-data = Write the weights to FILE.data beside FILE: needed beyond 2 GiB
call-lesson-id = A lesson, `fix` or `review`; without one, all are listed
call-lesson-piece = The exercise of `fix`: its number; by default, the first that is not corrected yet
call-lesson-folder = Directory of the specs that `fix` writes and watches; by default, `resnet-fixes`
call-export-for = Figure for neurips-column, cvpr-wide, ieee-column, slide-16x9 or readme: its width, and text that is legible there
call-export-block = Open only this block, by its path: layer2.0
call-export-no-title = Leave out the title
call-export-no-legend = Leave out the legend
call-export-no-preprocess = Leave out the preprocessing
call-export-width = Width of the figure in points (72 per inch) in place of the venue's
call-export-font-size = Size of the text in points in place of the largest that fits
call-export-he-lines = Draw shortcuts as He et al. do: solid for the identity, dashed with layers
call-export-scale = Size of a PNG relative to the size in a browser: 1 to 4, by default 2
call-lesson-list = List the lessons, and how many questions of each are answered
call-lesson-export = Write all answers so far to a .csv or .json file
call-lesson-force = Replace an existing file of --export
call-list-family = Only networks whose family contains this
call-list-search = Only networks with each of these words in their name, title, aliases, family, summary or paper
call-list-families = One row per family instead of per network
call-list-sort = Sort by: catalogue, name, params, macs, activations, depth, rf, year or top1 (published accuracy)
call-compare-accuracy = Accuracy of weights trained on imagenet-1k alone, by one recipe, such as a1_in1k, or of all known weights
call-list-accuracy = Accuracy of weights trained on imagenet-1k alone, by one recipe, such as a1_in1k, or of all known weights
call-run-input = sample:N (a built-in sample), synthetic:SEED or an image file; several images make a batch
call-run-plain = The plain kernels, layer by layer: the reference, in double precision where the network needs it
call-run-train = Training mode: normalise by the batch's own statistics, with the plain kernels
call-run-bn = Examine this batch normalisation, with --train: its statistics, formula, histogram and running statistics
call-run-batches = Number of batches that update the running statistics, with --bn
call-run-channel = The channel to examine, with --bn
call-run-until = Stop after this layer
call-run-layers = Show every layer's statistics
call-run-value = Explain one value: PATH:CHANNEL,ROW,COLUMN as in conv1:0,12,7, or PATH:FEATURE as in fc:3
call-run-products = With --value: number of products to show per sum, the largest first
call-run-top = Number of classes to show; 5 by default
call-completions-shell = The shell: bash, zsh, fish, powershell or elvish
call-man-command = A command, whose page is printed instead of the program's
call-man-dir = Write every page into this directory
call-stats-published = Show the published accuracy of all known weights
call-table-columns = Columns, separated by commas, such as path,output,params; any other word lists them
call-heading-pictures = Images
call-heading-onnx = ONNX
call-heading-budgets = Budgets
call-heading-figures = Figures
call-name-name = NAME
call-name-when = WHEN
call-name-lang = LANG
call-name-size = SIZE
call-name-format = FORMAT
call-name-src = SRC
call-name-file = FILE
call-name-rule = RULE
call-name-protocol = PROTOCOL
call-name-path = PATH
call-name-part = PART
call-name-url = URL
call-name-venue = VENUE
call-name-points = POINTS
call-name-piece = PIECE
call-name-level = LEVEL
call-name-kind = KIND
call-name-id = ID
call-name-class = CLASS
call-name-method = METHOD
call-name-colours = COLOURS
call-name-theme = THEME
call-name-shell = SHELL
call-name-number = NUMBER
call-name-isa = ISA
call-name-type = TYPE
call-name-folder = FOLDER
call-name-dir = DIR
call-name-command = COMMAND
call-name-which = WHICH
call-name-what = WHAT
call-name-text = TEXT
call-name-pixels = PIXELS
call-name-key = KEY
call-name-family = FAMILY
call-name-direction = DIRECTION
call-name-data = DATA
call-name-bytes = BYTES

## The command line: values

call-value-color-auto = On a terminal
call-value-color-always = Always
call-value-color-never = Never
call-value-format-text = For people
call-value-format-json = Exact integers, for scripts
call-value-format-csv = For spreadsheets
call-value-format-markdown = For documents
call-value-format-junit = For CI servers: one test case per network
call-value-format-github = For GitHub Actions: an annotation at each line
call-value-format-sarif = For code hosts: findings at the lines of a spec
call-value-to-dot = Graphviz
call-value-to-onnx = ONNX, for other runtimes, with its weights
call-value-to-pytorch = A Python file with the network as a `torch.nn.Module`
call-value-to-svg = A diagram that needs no Graphviz
call-value-to-volumes = A diagram of the feature maps, as boxes of their size
call-value-to-mermaid = A flowchart that GitHub draws in Markdown
call-value-to-markdown = Totals and the layer table for a document
call-value-to-csv = Every column of the layer table
call-value-to-json = Totals, stages, layers and their edges
call-value-to-html = A self-contained page to expand, search and click through
call-value-to-pdf = A figure with real text in an embedded font
call-value-to-png = A figure as pixels
call-value-to-tikz = A figure that plain pdflatex compiles
call-value-to-latex = The layer table for LaTeX's booktabs
call-value-to-points = The catalogue: accuracy against operations
call-value-direction-down = From top to bottom
call-value-direction-right = From left to right
call-value-color-by-kind = The kind of layer
call-value-color-by-macs = Its share of all operations
call-value-color-by-params = Its share of all parameters
call-value-color-by-time = Its share of a pass's time, measured now
call-value-theme-auto = Light, or dark where the reader's system is dark
call-value-theme-light = White
call-value-theme-dark = Dark

## The command line: what the parser itself says

call-usage = Usage:
call-usage-of = { $usage }
call-usage-options = [OPTIONS]
call-usage-command = [COMMAND]
call-commands = Commands
call-arguments = Arguments
call-options = Options
call-help = Print help
call-version = Print version
call-help-command = Print this message or the help of a command
call-default = { $help } [default: { $value }]
call-values = { $help } [values: { $values }]
call-values-long =
    { $help }

    Values:
    { $values }
call-value-is = - { $value }: { $text }
call-wrong-argument = unexpected argument `{ $argument }`
call-wrong-command = there is no command `{ $command }`
call-wrong-value = `{ $value }` is not a value of `{ $argument }`: { $reason }
call-wrong-no-value = `{ $argument }` needs a value
call-wrong-too-many = `{ $value }` is one value too many for `{ $argument }`
call-wrong-count = `{ $argument }` has the wrong number of values
call-wrong-conflict = `{ $argument }` cannot be used together with `{ $others }`
call-wrong-twice = `{ $argument }` cannot be given more than once
call-wrong-missing = missing required arguments: { $arguments }
call-wrong-utf8 = an argument is not UTF-8
call-wrong-tip = did you mean { $names }?
call-wrong-usage = { $heading } { $usage }
call-wrong-more = `--help` shows more
call-form-one-of = write { $words }
call-form-whole = write a whole number
call-form-range = write a whole number from { $least } to { $most }
call-form-other = it has the wrong form
call-form-picture = write width x height as in 640x480, each from 1 to { $limit }
call-form-input-size = write one side as 224, or height x width as in 224x320, each from 1 to { $limit }
call-form-one-rule = this command counts by one rule; `stats --count all` shows all of them side by side
call-form-numbers = write numbers, as in 0.485,0.456,0.406
call-form-positive = write numbers above 0, as in 0.229,0.224,0.225
call-form-value = write PATH:CHANNEL,ROW,COLUMN as in conv1:0,12,7, or PATH:FEATURE for a vector as in fc:3; all from 0
call-form-url = write an address such as https://example.org/book
call-form-amount = write a number such as 26M, 4.1G, 100MiB or 25557032
call-form-amount-digits = it has more digits than a budget needs

## The command bench

bench-model = model
bench-threads = threads
bench-kernel = kernel
bench-median = median ms
bench-min = min ms
bench-gflops = GFLOP/s
bench-of-peak = of peak
bench-ready = ready ms
bench-memory = peak MiB
bench-how = method
bench-ms = ms
bench-share = share
bench-intensity = FLOP/byte
bench-bound = bound
bench-of-bound = of bound
bench-bound-by = bound by
bench-bound-arithmetic = arithmetic
bench-bound-memory = memory
bench-predicted = predicted ms
bench-limit = limited by
bench-limit-l2 = L2 cache
bench-limit-l3 = L3 cache
bench-choice = chosen by, predicted ms
bench-choice-rates = rates:
bench-choice-timed = timed:
bench-choice-constants = constants:
bench-tuned = { $count ->
    [one] one convolution
   *[other] { $count } convolutions
} timed; with other ways than the constants' the pass takes { $other } ms instead of { $constant } (medians, in turns): they are kept for this pass on this processor
bench-tuned-lost = { $count ->
    [one] one convolution
   *[other] { $count } convolutions
} timed; with other ways than the constants' the pass takes { $other } ms, by the constants { $constant } (medians, in turns): not less by more than the spread, so the constants stay
bench-tuned-alike = { $count ->
    [one] one convolution
   *[other] { $count } convolutions
} timed; no way is faster than the constants' choice, which stays
bench-tune-portable = the portable kernels compute alike on every machine, so there is nothing to tune: leave out --tune, or choose another --kernel
bench-machine-unread = { $file } has no rates of this machine, which are measured again: { $reason }
bench-machine-unsound = a rate or a size in it is impossible
bench-machine-unkept = the measured rates of this machine were not kept: { $reason }
bench-summary = { $model }: { $passes ->
    [one] 1 pass
   *[other] { $passes } passes
} of batch { $batch } on { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
} with { $kernels } kernels, weights { $weights }; median { $median } ms, { $rate } GFLOP/s of 2 × MACs (rule conv+fc)
bench-first = first output { $ready } ms after the process started, peak memory { $memory } MiB
bench-first-alone = first output { $ready } ms after the process started
bench-peak = the processor's peak is { $rate } GFLOP/s, measured with multiply-adds alone
bench-bandwidth = memory bandwidth is { $rate } GB/s, measured with a = b + s·c over large arrays; the bound is the lower of peak and FLOP/byte × memory

## Options without effect, and what takes them

effect-none = { $option } has no effect in `{ $command }`; { $acts }
effect-none-beside = { $option } has no effect { $beside }; { $acts }
effect-beside = with { $option }
effect-without = without { $option }
effect-dot-svg-mermaid-markdown-csv = dot, svg, mermaid, markdown, csv and latex take it
effect-dot-svg-mermaid-take = dot, svg and mermaid take it
effect-figures-take = svg, pdf, png and tikz take it
effect-points-own-sizes = points are networks in their own sizes; other formats take it
effect-svg-for-takes = an svg takes it with --for
effect-png-takes = png takes it
effect-svg-without-for-takes = a diagram takes it, without --for
effect-stage-one-box = a stage is one box anyway
effect-dot-svg-take = dot and svg take it
effect-svg-volumes-html-take = svg, volumes, html and points take it
effect-html-takes = html takes it
effect-model-begins-networks-own-input = a model begins with the network's own input; all other formats take it
effect-flowchart-shows-prepares-picture-level = a flowchart shows the preprocessing with --level layer only
effect-graph-shows-prepares-picture-level = a graph shows the preprocessing with --level layer only
effect-module-takes-any-batch = a module takes any batch
effect-batch-any-size = the batch is then of any size
effect-sarif-takes = SARIF has links to the rules
effect-text-markdown-json-budgets = text, markdown and json show budgets
effect-onnx-takes = onnx takes it
effect-weights-write = there are no weights to write
effect-stdout-name-file = the output is stdout; name a file
effect-flowchart-layers-counts-nothing = a flowchart of layers counts nothing
effect-name-network-in-resnet-explore = name a network, as in `resnet-explore explore resnet50 --input-size 320`
effect-recording = a recording runs on the plain kernels and has its own pictures
record-too-long = the recording would be larger than { $limit } MiB; replay fewer keys, or pauses with fewer moving pictures
effect-demonstration-begins-first-start = a replay starts fresh anyway
effect-families-accuracy = families have no accuracy
effect-text-shows-them = the text shows them
effect-none-these-columns-counts-add = none of these columns counts it; add macs, activations or saved_for_backward
effect-none-these-columns-counts-operations = none of these columns counts operations; add macs or macs_share
effect-table-shows-means-run-takes = a table shows no means; `run` takes it
effect-give-picture-too = give --picture too
effect-every-other-form-rows = every other form has all rows
effect-stages-shown-add-level-block = all stages are shown anyway; add --level block or --level layer
effect-markdown-totals-alone-text-json = Markdown has only the totals; text, json and csv have rows
effect-text-markdown-take-json-csv = text and markdown take it; json and csv have all matches
effect-rules-page-same-for-every = a rule's page is the same for every network
effect-budgets-operations-activations-memory-count = budgets of operations, activations and memory count it
effect-add-max-macs = add --max-macs
effect-bf16-is-direct = in bf16 every convolution is computed directly
effect-value-explained-plain-kernels = a value is explained with the plain kernels
effect-training-runs-on-plain-kernels = training runs on the plain kernels anyway
effect-value-explained-plain-kernels-anyway = a value is explained with the plain kernels anyway
effect-laboratory-looks-whole-channel-leave = the lab examines a whole channel; leave one of them out
effect-laboratory-pictures-its-own-networks = the lab uses its own images, at the network's size
effect-text-json-show-classes = text and json show classes
effect-text-json-show-accuracies = text and JSON show accuracies
effect-one-value-classes = one value has no classes
effect-every-other-form-products = every other form has all products
effect-lessons-listed = all lessons are listed
effect-lesson-fix-takes = only `lesson fix` takes it
effect-both = { $first } and { $second }

## Problems: what is said around them

problem-about = { $path }: { $problem }
problem-same-at = { $problem }; the same at { $layers }
problem-same-at-more = { $problem }; the same at { $layers } and { $count } more
help-did-you-mean = did you mean `{ $name }`?

## Problems: reading a spec

problem-file-unreadable = { $file } cannot be read: { $reason }
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
toml-duplicate-key = this key occurs twice
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
toml-unexpected = nothing is allowed here
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
problem-inherits-circle = the specs inherit from each other in a cycle: { $chain }
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
expr-arguments = `{ $name }` takes { $count ->
    [one] 1 value
   *[other] { $count } values
}, not { $found }
expr-unclosed = a closing bracket is missing
expr-incomplete = a number or a name is missing at the end
expr-not-whole = `{ $word }` is not a whole number
expr-neither = `{ $sign }` is neither a number nor a name
query-needs-brackets = `{ $word }` is a function and needs brackets: { $word }(…)
query-text-open = a quotation mark is not closed
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
problem-output-stride = the output stride cannot be { $number }
help-output-stride-one-of = write { $numbers }
problem-output-stride-stem = the output stride cannot be { $asked }: the layers before the first block already have a stride of { $stem }
problem-output-stride-small = the output stride cannot be { $asked }: it is { $own }, and dilation only makes it smaller
problem-output-stride-missed = the output stride cannot be { $asked }: the blocks' strides lead from { $stem } to { $own } without meeting it
help-output-stride-larger = ask for { $others }
help-output-stride-smaller = ask for { $others }, or leave it out
help-output-stride-none = leave it out
help-output-stride-missed = leave it out, or change `strides` so that they meet it before { $own }
problem-input-sizes = the input has { $count ->
    [one] 1 size
   *[other] { $count } sizes
}; it needs channels, height and width
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
problem-list-lengths = `{ $key }` has { $count ->
    [one] 1 value
   *[other] { $count } values
}, but { $others }
help-lists-per-stage = `blocks`, `widths` and `strides` need one value per stage
problem-values-for-stages = `{ $key }` has { $count ->
    [one] 1 value
   *[other] { $count } values
} for { $stages ->
    [one] 1 stage
   *[other] { $stages } stages
}
problem-no-value-for-stage = `{ $key }` has { $count ->
    [one] 1 value
   *[other] { $count } values
}, but none for stage { $stage }
help-one-per-stage = give one value, or one per stage
problem-values-for-blocks = `{ $key }` has { $count ->
    [one] 1 value
   *[other] { $count } values
} for the { $blocks } blocks of stage { $stage }
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
help-block-name = use stage and block in a block's name: `{ $example }`
help-template-names = a stage's name may use `stage`, a block's `stage` and `block`
problem-shortcut-none = `shortcut = "none"` adds nothing, but here it is given layers
help-rename-none = give the shortcut another name, such as `[define.shortcuts.own]`, and write `shortcut = "own"`; or remove it, so that `"none"` adds nothing
problem-values-for-channels =
    { $channels ->
        [one] `{ $key }` has { $count } values for 1 channel
       *[other] `{ $key }` has { $count } values for { $channels } channels
    }
note-values-of-other-channels = `{ $key }` of `preprocess` has { $count } values, for other channels; each of the { $channels } gets their mean, as in timm
help-own-values = state `{ $key }` for these channels, if their values are known
help-one-per-channel = give one value per channel, or one number for all
help-one-per-channel-commas = give one value per channel, separated by commas, or one for all
problem-mean-without-std = `mean` and `std` belong together, but one of them is missing
help-mean-and-std = give both, one value per channel
problem-no-group = a normalisation needs at least one group of at least one channel
help-one-or-more = write 1 or more, such as 32
problem-divided-by = images cannot be divided by { $number }
help-above-zero = write a number above 0, such as 255 for `divisor` or 0.225 in `std`
problem-negative-eps = { $number } added to a variance may make it negative
help-eps = write 0 or more, such as 0.00001
problem-momentum = the momentum is { $number }, but must be a share from 0 to 1
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
problem-slopes = a PReLU of { $count ->
    [one] 1 slope
   *[other] { $count } slopes
} has an input of { $channels ->
    [one] 1 channel
   *[other] { $channels } channels
}
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
problem-dropout = p is { $number }, but must be a share from 0 to 1
help-dropout = write the share of values that training drops, such as 0.5
problem-no-tensor-yet = there is no tensor yet: only the image comes before this number
help-after-convolution = put it after a convolution; `preprocess` scales and shifts an image
problem-split-at-start = a split of { $channels } channels after 0 leaves none to normalise by instance
problem-split-at-end = a split of { $channels } channels after { $first } leaves none to normalise by batch
problem-split-of-one = one channel cannot be split
help-split-more = choose `kind = "batch"` here, or let the layer before it output 2 channels or more
help-split-range = let `instance` be from 1 to { $most }
steps = { $steps }
steps-blue-first = blue first

## Problems: keys without effect

problem-no-effect = `{ $key }` has no effect: { $why }
why-only-grouped = only the kinds `"group"` and `"evo_s0"` have groups
why-group-size = `group_size` decides
why-own-norm = every normalisation has its own
why-only-batch = only a batch normalisation keeps running statistics
why-only-instance = only an instance normalisation may be without scale and shift
why-only-split = only a split normalises some channels by instance
why-kind-none = the kind `"none"` does not normalise
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
why-not-three-channels = only an image of three channels has a channel order
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

legality-acyclic = No layer takes its own output, directly or through other layers; a layer takes only outputs of earlier ones.
legality-one-source = Exactly one layer takes nothing: the input.
legality-one-sink = Exactly one layer's output is taken by no other layer: the network's output.
legality-arity = An addition takes two inputs, the input layer none, every other layer one.
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
problem-circle = layers take each other's output in a cycle: { $paths }
help-circle = let one of them take its input from outside the cycle
problem-two-of-one-name = two layers of this list are called `{ $name }`
help-name-of-its-own = give the layer that others name as their input a name of its own
problem-no-layer-of-name = this list has no layer called `{ $name }`
help-layers-of-list = it has: { $names }
problem-reads-several = this layer names { $count } inputs, but takes one
problem-joins-few = this layer joins { $count ->
    [one] { $count } layer
   *[other] { $count } layers
 }, not the number that it takes
help-join-layers = name the layers to join: `{ $example }`
problem-several-outputs = the output of several layers of this list is taken by no other layer: { $names }
help-one-output = join them, or leave out all but one: the list has one output
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
problem-downsamples-nowhere = the network does not downsample in its body: stages 2 to { $stages } work on maps of one size
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
help-bias-before-norm = remove the biases (`bias = false`); the batch norm has a shift of its own
problem-projection-without-norm = the projection has no normalisation, but the main path that it is added to has one
help-projection-without-norm = normalise the shortcut too, so both operands of the addition have one scale (`shortcut = "projection"`)
problem-norm-missing = no normalisation follows this convolution, as one does after most others
help-norm-late = the normalisation comes too late: put it directly after the convolution, before ReLU and pool
help-norm-missing = put `{ $example }` after it: convolution, normalisation, ReLU
problem-stem-without-relu = the stem has no ReLU
help-stem-without-relu = the stem is convolution, normalisation, ReLU, and for large images a pool: add `{ $example }`
problem-small-stem = the stem keeps { $pixels } pixels: it is the stem for CIFAR's 32-pixel images
help-small-stem = for large images a 7×7 convolution and a pool, each with stride 2, reduce the side by 4 before the first stage; without them it costs 16 times the operations
problem-stem-without-pool = the stem reduces { $from } pixels only to { $to }: its pool is missing
help-stem-without-pool = put `{ $example }` at the end of the stem: every stage then works on a quarter of the pixels
problem-large-stem = the stem reduces { $from } pixels to { $to }: it is the stem for ImageNet's 224-pixel images
help-large-stem = small images need their pixels: a 3×3 convolution with stride 1 and no pool (see `resnet20_cifar`)
problem-pool-loses-pixels = the pool turns { $from } pixels into { $to }, but half of them would be { $wanted }
help-pool-loses-pixels = a pool with stride 2 halves the map with padding (kernel − 1) / 2, rounded down: 1 for 3×3, 2 for 5×5; with another, every later map is a pixel or more off
problem-head-tied-to-size = the head flattens { $size } pixels: its linear layer fits images of this one size only
help-head-tied-to-size = put `{ $example }` before it: one number per channel whatever the size, and far fewer parameters
problem-crop-beyond-picture = the centre crop { $size } is taken from images whose shorter side is { $shorter }: black borders appear
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
notice-undone = undone in { $file }: { $what }
notice-file-changed = { $file } has changed since it was read: nothing was written
fault-headline = { $file }, line { $line }: { $problem }
fault-cannot-run = { $path } cannot run: { $why }; 4 shows the fix
fault-breaks-a-rule = it breaks a rule
checks-f-applies = { $key } applies it: { $fix }
checks-what = Checked: the spec's keys and values, { $rules } rules of legality (one input, one output, no cycle, shapes that agree at every layer …) and the lint (where strides and projections are).

## Budgets of the command check

cost-operations = operations by rule { $rule }
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
explain-certain = certain: equal to the last digit
explain-likely = likely: the other matches are less common
explain-unsure = unsure: other combinations fit too
explain-guess = a guess: no match has exactly these digits
explain-unknown = unknown: nothing in the catalogue is close

## Layers, in a few words

layer-image = image { $shape }
layer-divide = divide by { $divisor }
layer-standardize = subtract mean, divide by std
layer-grey = red, green and blue as grey
layer-resize = shorter side to { $side } ({ $filter })
layer-crop = centre crop { $size }
layer-bgr = channels in the order blue, green, red
layer-conv = conv { $window }
layer-conv-channels = conv over { $count } neighbouring channels
layer-stride = stride { $stride }
layer-dilation = dilation { $dilation }
layer-groups = { $groups } groups
layer-standardised-weights = standardised weights
layer-standardised-weights-with-gain = standardised weights with a gain
layer-linear = linear, { $features }
layer-batch-norm = batch norm, { $channels ->
    [one] 1 channel
   *[other] { $channels } channels
}
layer-batch-norm-features = batch norm, { $features ->
    [one] 1 feature
   *[other] { $features } features
}
layer-group-norm = group norm, { $channels ->
    [one] 1 channel
   *[other] { $channels } channels
} in { $groups ->
    [one] 1 group
   *[other] { $groups } groups
}
layer-instance-norm = instance norm, { $channels ->
    [one] 1 channel
   *[other] { $channels } channels
}
layer-instance-norm-plain = instance norm, { $channels ->
    [one] 1 channel
   *[other] { $channels } channels
}, nothing to learn
layer-evo-norm = EvoNorm-S0, { $channels ->
    [one] 1 channel
   *[other] { $channels } channels
} in { $groups ->
    [one] 1 group
   *[other] { $groups } groups
}
layer-filter-response-norm = filter response norm + TLU, { $channels ->
    [one] 1 channel
   *[other] { $channels } channels
}
layer-leaky-relu = leaky ReLU, slope { $slope }
layer-prelu =
    { $count ->
        [one] PReLU, one slope
       *[other] PReLU, { $count } slopes
    }
layer-elu = ELU, alpha { $alpha }
layer-gelu-tanh = GELU by tanh
layer-hard-swish = hard swish
layer-times-number = times one number
layer-times = times { $factor }
layer-plus-number = plus one number
layer-max-pool = max pool { $window }
layer-average-pool = average pool { $window }
layer-blur-pool = blur pool { $window }
layer-global-pool = global average pool
layer-average-pool-along = average pool along the { $axis }
layer-mean-deviation = mean and deviation along the { $axis }
axis-height = height
axis-width = width
layer-add = main path + shortcut
layer-multiply = map × gate, channel by channel
layer-concat = the channels of { $count } maps
layer-weighted-sum = weighted sum of { $count } maps
layer-sum = sum of { $count } maps
layer-softmax = softmax over { $count } maps, per channel
layer-zeros-around = { $pixels ->
    [one] 1 pixel
   *[other] { $pixels } pixels
} of zeros on each side
layer-zeros-at-sides = zeros: { $top } above, { $left } left, { $bottom } below, { $right } right
layer-every-pixel = every pixel
layer-every-nth-pixel = one pixel in { $stride } along each side
layer-pixels-in-steps = one pixel in { $height } down and in { $width } across
layer-zero-channels = zeros up to { $channels } channels
layer-zero-channels-at-end = zeros at the end up to { $channels } channels
layer-no-channels = no channels
layer-channels = channels { $first } to { $last }
layer-pixels-by-channel = { $size } pixels to channels, by channel
layer-pixels-by-pixel = { $size } pixels to channels, by pixel
layer-channels-to-pixels = channels to { $size } pixels
layer-flatten = flatten
layer-dropout = dropout, p { $p }

## Shortcuts, in a few words

shortcut-identity = identity
shortcut-gate = identity, weighted by a gate
shortcut-projection = 1×1 projection, stride { $stride }
shortcut-pooled-projection = average pool, stride { $stride }, then 1×1 projection
shortcut-zero-padding = one pixel in { $stride }, zero channels
shortcut-pool = pool, stride { $stride }

## Counting rules

rule-conv-fc = multiply-adds of convolutions and linear layers, without biases
rule-torch = 2 per multiply-add of convolutions and linear layers, without biases
rule-fvcore = multiply-adds; 2 per element of batch norm, 1 per input element of the global pool
rule-ptflops = multiply-adds, biases, batch norm; modules of ReLU and pools count twice
rule-ptflops-aten = multiply-adds of convolutions and linear layers, with their biases
rule-thop = multiply-adds; 4 per element of batch norm, k² + 1 per channel of the global pool
rule-torchinfo = multiply-adds, biases, and batch norm's parameters once per image
rule-convnet-burden = multiply-adds, biases, pools, additions; 2 per element of ReLU
rule-tf-profiler = 2 per multiply-add, and biases, pools and additions
rule-calflops = 2 per multiply-add, 2 per element of batch norm, 1 of ReLU, 1 per input element of a pool
rule-and-sentence = { $rule }: { $sentence }

## Rows, columns and kinds

row-times = { $count } × { $block }
row-block-and-shortcut = { $block }, shortcut: { $shortcut }
column-operations-share = % operations
branch-main = main
branch-shortcut = shortcut
kind-input = input
kind-convolution = convolution
kind-norm = normalisation
kind-activation = activation
kind-pool = pool
kind-residual = residual
kind-attention = attention
kind-linear = linear
kind-split = split and join
trained-imagenet = trained on ImageNet-1k alone
trained-imagenet-short = ImageNet-1k
trained-by = trained by the recipe { $tag }
trained-networks = { $count ->
    [one] 1 network
   *[other] { $count } networks
}
trained-any = trained on any data
trained-any-short = any data
trained-on-unknown = data not stated
trained-and-tested = { $data }, tested on { $on }

## The sums behind a layer's numbers

formula-field = { $size ->
    [one] 1 pixel
   *[other] { $size } pixels
}, one every { $stride ->
    [one] pixel
   *[other] { $stride }
}; cell 0 sees pixels { $start } to { $end }
formula-sum = { $product } = { $total }
formula-sum-with-biases = { $product } + { $biases } = { $total }
formula-kernels = { $output } out · { $input } in · { $kernel }
formula-kernels-in-groups = { $output } out · { $input } in / { $groups } groups · { $kernel }
formula-weights = { $output } out · { $input } in
formula-shared-by-channels = { $count }, shared by all channels
formula-shared-by-values = 1, shared by all values
formula-nothing-learned = none: nothing to learn
formula-slopes = { $count ->
    [one] 1 slope
   *[other] { $count } slopes
}
formula-number = number
formula-biases = { $count ->
    [one] 1 bias
   *[other] { $count } biases
}
formula-gains = { $count ->
    [one] 1 gain
   *[other] { $count } gains
}
formula-operations = { $factor }{ $product } · { $output }
formula-window = { $input } in · { $kernel }
formula-window-in-groups = { $input } in / { $groups } groups · { $kernel }
formula-inputs = { $input } in
formula-channels = { $count } channels
formula-fixed-weights = { $kernel } fixed weights
formula-standardize = (x − mean) / std, mean { $mean }, std { $std }
formula-scalar = x { $operator } { $number }
formula-add = main path + shortcut, element by element
formula-multiply = each channel of the map times its gate
formula-weighted-sum = share 1 · map 1 + … + share { $count } · map { $count }
formula-sum-of-maps = map 1 + … + map { $count }
formula-softmax = exp(x) / Σ exp(x) over the { $count } maps, per channel
formula-zeros-at-both-ends = x[::stride, ::stride], then zeros for half of the new channels on each side
formula-zeros-at-end = x[::stride, ::stride], then zeros for the new channels at the end
formula-pixels-by-channel = each square of { $size } pixels as channels, the pixels of a channel together
formula-pixels-by-pixel = each square of { $size } pixels as channels, the channels of a pixel together
formula-channels-to-pixels = { $count } channels as a square of { $size } pixels
formula-batch-norm = γ · (x − μ) / √(σ² + { $eps }) + β per channel; training moves μ and σ² by { $momentum } towards the batch's
formula-group-norm = γ · (x − μ) / √(σ² + { $eps }) + β; μ and σ² over { $channels ->
    [one] 1 channel
   *[other] { $channels } channels
} of one image, in training as in inference
formula-instance-norm = γ · (x − μ) / √(σ² + { $eps }) + β per channel of one image, in training as in inference
formula-instance-norm-plain = (x − μ) / √(σ² + { $eps }) per channel of one image, in training as in inference
formula-evo-norm = γ · x · sigmoid(v·x) / √(σ² + { $eps }) + β; σ² over { $channels ->
    [one] 1 channel
   *[other] { $channels } channels
} of one image
formula-filter-response-norm = max(γ · x / √(mean of x² + { $eps }) + β, τ) per channel of one image
formula-grey = (19595 · red + 38470 · green + 7471 · blue + 32768) / 65536, rounded down
formula-resize = pixels around the place, weighted by a { $filter } filter that widens as the image shrinks: first along one axis, then along the other, rounded to a whole number each time
formula-crop = the pixel at the same distance from the middle; 0 outside
formula-bgr = the same pixel with the channels in reverse order: red and blue swapped
formula-max-pool = the largest of { $window } values; the padding never wins
formula-average-pool = the mean of { $window } values, the padding counted as zeros
formula-average-pool-inside = the mean of the values under { $window }; the padding does not count
formula-blur-pool = the mean under { $window } binomial weights; the border mirrors the map
formula-global-pool = the mean of each channel's whole map
formula-mean-along = the mean of each channel along the { $axis }
formula-mean-deviation = μ of each channel along the { $axis }, and after all means √(σ² + { $eps }) with the unbiased variance

## What differs between two networks

column-difference = what
column-output-before = output before
column-output-after = output after
mark-same = the same
mark-follows = follows
mark-moved = moved
mark-changed = changed
mark-appeared = appeared
mark-gone = gone
mark-counted = { $count } { $mark }
compare-same = the same layers with the same settings
compare-headline = { $differences }: { $costs }
compare-field-in-both = receptive field { $field } in both
compare-fields = receptive field { $first } → { $second }
compare-strides-moved =
    { $count ->
        [one] 1 stride moved
       *[other] { $count } strides moved
    }
compare-blocks-gone =
    { $count ->
        [one] 1 block gone
       *[other] { $count } blocks gone
    }
compare-blocks-appeared =
    { $count ->
        [one] 1 block appeared
       *[other] { $count } blocks appeared
    }
compare-layers-moved =
    { $count ->
        [one] 1 layer moved
       *[other] { $count } layers moved
    }
compare-layers-gone =
    { $count ->
        [one] 1 layer gone
       *[other] { $count } layers gone
    }
compare-layers-appeared =
    { $count ->
        [one] 1 layer appeared
       *[other] { $count } layers appeared
    }
compare-layers-changed =
    { $count ->
        [one] 1 layer changed
       *[other] { $count } layers changed
    }
compare-summary = { $count ->
    [one] 1 difference
   *[other] { $count } differences
 }
compare-budget = budget
compare-budget-cost = cost
compare-budget-limit = limit
compare-budget-used = used
compare-counted = Counted by rule { $rule }, batch { $batch }.
compare-levels-help = `--level block` and `--level layer` show where it happens.
change-of-size = { $setting } { $factor }
change-with = with { $setting }
change-without = without { $setting }
change-of-setting = { $setting } { $old } → { $new }
change-of-stage = { $old } → { $new }
change-of-block = { $block } in { $stage }
change-of-layer = { $layer }: { $changes }
change-of-input = another input shape
change-moved-layer = { $layer } from after { $from } to after { $to }
change-beginning = the beginning
change-moved-stride = stride { $stride } from { $from } to { $to }
change-swapped-strides = strides { $first } and { $second } of { $one } and { $other } swapped
change-module =
    { $count ->
        [one] { $module } (1 layer)
       *[other] { $module } ({ $count } layers)
    }
change-run = { $first } … { $last } ({ $count } layers)
setting-channels = channels
setting-shorter-side = shorter side
setting-filter = filter
setting-divisor = divisor
label-std = std
setting-channels-out = output channels
setting-groups = groups
setting-bias = bias
setting-gain = gain of each channel
setting-factor = factor
setting-momentum = momentum
setting-eps = eps
setting-scale-and-shift = scale and shift
setting-padding-counted = the zeros of the padding counted
setting-axis = axis
setting-padding-after = padding below and right
setting-keeps-size = half the kernel
setting-zeros = zeros
setting-at-the-end = at the end
setting-block = square
setting-by-channel = the pixels of a channel together
setting-p = p
setting-inputs = inputs
setting-radix = radix
setting-outputs = outputs
setting-last-step = the last, incomplete step

## One value explained

value-sees-pixel = sees one pixel, row { $row }, column { $column }, of the image's { $size }
value-sees = sees rows { $rows }, columns { $columns } of the image: { $part } of { $size } pixels
value-not-finite = = { $computed }  ✗ the pass has { $value }, which is not a finite number
value-exact = = { $computed }  { $sign } the pass has { $value }: exactly equal
value-apart = = { $computed }  { $sign } the pass has { $value }: difference { $difference }, { $tolerance } allowed
value-of-image = a pixel of the image
value-in-all = { $sum } in total, { $how }
value-rounded = rounded to a whole number
value-rounded-columns-first = rounded along the columns, then along the rows
value-rounded-rows-first = rounded along the rows, then along the columns
value-largest = the largest of { $size } values
value-unbiased = μ = { $mean }, σ² = { $variance } of { $count } values, divided by n − 1
value-rms = max(γ · x / √(mean of x² + ε) + β, τ)
value-main-path = main path
value-zeroed = { $path }, zeroed
value-times-gate = value × gate of channel { $channel }
value-softmax = exp(x) / Σ exp(x) over the maps
value-copied = copied from { $path }, { $cell }
value-zeroed-channel = this channel is zeroed
value-no-such-channel = the shortcut has no such channel: it is filled with zeros
value-in-padding = it is in the padding
value-outside-image = it is outside the image
value-running-statistics = μ and σ² are the running statistics, kept from training
value-batch-statistics = μ and σ² are of this batch: { $count } values of the channel
value-group-statistics = μ and σ² are of this image: { $count } values of the group
value-products = { $product } = { $count } products
value-products-in-padding = { $product } = { $count } products, of which { $zeros } are zero by the padding
value-row = row
value-column = column
value-weight = weight
value-so-far = so far
value-more-products = { $count } more products
value-input-channel = input channel { $channel }
value-input-channel-most = input channel { $channel } contributes most: { $sum }
value-times-weight = × weight
value-is-product = = product

## Maps of a pass

maps-main-path = main path, { $path }
maps-shortcut = shortcut, { $path }
maps-output-before = output before the change
maps-residual = main path F(x)
maps-identity = shortcut x
maps-sum = sum F(x) + x
maps-sum-before = sum before
maps-zeroed = cut: zeros
maps-range = { $low } to { $high }
maps-one-scale = +{ $end }  one scale for all
maps-sum-of-cell = { $cell }: { $sum }  ({ $key } explains it)
maps-output-inference = output in inference mode
maps-output-training = output in training mode

## Published figures

figure-flops = FLOPs, 2 × the count
figure-without-head = without the head
figure-biases = with conv biases
figure-statistics = with running statistics
figure-fvcore-training = of a model in training mode
figure-mmcv = each activation and pool once, as mmcv and early ptflops count
figure-imgclsmob = half of the operations, with batch norms, ReLUs and pools: FLOPs/2 of imgclsmob
figure-thop-2019 = thop 0.0.22 of 2019, in single precision
figure-keras = Keras' total: with conv biases and running statistics
explain-no-number = `{ $text }` is not a number that this command reads; write it as 4.11G, 25.6M, "8.2 GFLOPs", "25.6M params" or 25557032
explain-parameters = the parameters
explain-count = the count by rule { $rule }
explain-with-note = { $what } ({ $note })
explain-net = net
explain-note = note
explain-error = error
explain-near = near

## The lab of a batch normalisation

lab-title = { $path }  batch of { $size }, channel { $channel } of { $channels }
lab-numbers = μ = { $mean }, σ² = { $biased } (over n), { $unbiased } (over n − 1), n = { $count }, ε = { $eps }, γ = { $gamma }, β = { $beta }
lab-inference = inference, by the running μ = { $mean } and σ² = { $variance }: y = { $y }
lab-values = mean and variance are set, the shape of the distribution stays
lab-y-training = y, training
lab-y-inference = y, inference
lab-running = running statistics of the channel, new = { $kept }·old + { $momentum }·batch (Keras calls { $kept } its momentum):
lab-unbiased = σ² over n − 1
lab-from-zero = from 0: mean
lab-from-one = from 1: var
lab-stored-mean = stored: mean
lab-stored-variance = stored: var
lab-first-value = y of the first value
lab-not-measured = Not measured here: the passes up to this layer take too long. `run NAME --train --bn PATH` measures it.
lab-company = The same value is normalised differently in another batch, but not in inference.
lab-distances = distance of batches from the stored statistics, over all channels:
lab-variance = variance of x̂ = σ² / (σ² + ε)
lab-constant = A constant input has σ² = 0: x̂ = 0 / √ε = 0, and every y is β = { $beta }. Without ε it would be 0 / 0.
lab-epsilon-effect = ε keeps a constant input from 0 / 0, and matters where σ² is small.
lab-epsilon = the effect of ε
lab-one-value = One image has one value per channel here: it has no variance, and training refuses a batch of 1.
lab-batch-of-one = A batch of 1 is normalised by its own { $count } values: every image gets mean 0 and variance 1, whatever it shows.
lab-momentum = PyTorch's momentum { $momentum } is the share of the new batch; Keras' momentum is the share of the old: { $kept }. Keras' default 0.99 is PyTorch's 0.01.
lab-what-is-left = After { $batches ->
    [one] 1 batch
   *[other] { $batches } batches
} { $left } % of the initial value is left; with momentum 0.01 it would be { $slow } %.
lab-two-variances = σ² over n normalises, σ² over n − 1 is stored: the first is the variance of this batch, the second estimates that of the data.
lab-rights = right answers by kind of statistics:
lab-rights-alone = each image's own: { $right } of { $of }
lab-rights-running = running (inference): { $right } of { $of }
lab-rights-together = one batch of { $of }: { $right } of { $of }
lab-rights-which = Which statistics?
lab-rights-key = { $key } counts right answers by own, running and batch statistics
lab-rights-none = This network has no labelled samples to count.
lab-film-axis = on one axis, % of values
lab-film-map = { $name } { $low } to { $high }
lab-film-scale = image 1
lab-film-batches = batch means
lab-film-from-zero = running from 0
lab-film-stored = stored
lab-film-eps = ε = { $eps }: variance of x̂ = { $variance }  ({ $smaller } { $larger })
lab-remarks = batch 1, and momentum

## The commands stats, list, table and compare

stats-output =
    { $batch ->
        [one] → { $shape }, one image
       *[other] → { $shape }, a batch of { $batch }
    }
stats-parameters = { $count }; { $statistics } running statistics not counted
stats-by-rule = { $count } by rule { $rule }: { $sentence }
stats-flops-as-counted = as this rule counts them
stats-flops-of-count = { $count }, { $factor } × { $unit }
stats-activations = elements that convolutions and linear layers output
stats-depth = convolutions on the main path + linear layers
stats-field-pixels = pixels, of the last feature map
stats-memory-parts = of weights; activations { $inference } at most in inference, { $training } kept in training (f32)
stats-top1 = top-1 of { $weights } at { $size }, trained on { $data }
stats-best-top1 = { $share } % by { $weights } at { $size }, trained on { $data }
stats-published = { $count } are published
stats-no-accuracy = no accuracy of trained weights is known
stats-tested-on = on { $images }
stats-source = from { $source }
stats-plain-net = no block has a shortcut: a plain net
stats-no-projection = no shortcut is a projection
stats-projections = { $count } of { $blocks } shortcuts { $count ->
    [one] is a projection
   *[other] are projections
}
stats-idle-projections = { $count } of { $blocks } shortcuts are projections, { $idle } of them where the identity would fit
stats-no-shortcut = { $count } of { $blocks } blocks have no shortcut
stats-stride-in-spatial = bottlenecks have the stride in the 3×3 (v1.5)
stats-stride-in-first = bottlenecks have the stride in the first 1×1 (v1)
stats-before-fault = up to { $path }, which breaks a rule; totals are of the layers before it:
list-no-family = no family's name contains `{ $family }`; `list --families` shows them
list-no-network = no network has `{ $text }` in its name, title, aliases, family, summary or paper
list-broken-family = specs with errors
list-sorted = { $count ->
    [one] 1 network
   *[other] { $count } networks
}, sorted by { $key }; macs by rule conv+fc, one image.
list-in-families = { $count ->
    [one] 1 network
   *[other] { $count } networks
} in { $families ->
    [one] 1 family
   *[other] { $families } families
}; macs by rule conv+fc, one image.
list-top1-imagenet = top1: published accuracy in percent of weights trained on ImageNet-1k alone, the best at this input, or at the size after @; `--accuracy all` compares all.
list-top1-by = top1: published accuracy in percent of weights trained by the recipe { $tag }, at this input or at the size after @.
list-top1-any = top1: published accuracy in percent, the best of known weights at this input, or at the size after @; + marks weights not trained on ImageNet-1k alone.
list-built-in = Trained weights are built in for: { $names }.
list-fewest-params = fewest params
list-most-params = most params
list-fewest-macs = fewest macs
list-most-macs = most macs
table-note = { $title }: { $unit } by rule { $rule } ({ $sentence }), batch { $batch }; RF = receptive field in pixels.
table-images = Images: { $steps }.
compare-accuracy = top-1 accuracy, { $data }: { $a } → { $b }
compare-accuracy-of = { $share } % ({ $weights } at { $size })
compare-note = { $unit } by rule { $rule } ({ $sentence }), batch { $batch }; RF = receptive field of the last feature map in pixels.

## Exports: figures, pages and documents

figure-dot-heading = { $title }: { $parameters } parameters, { $operations } { $unit } (rule { $rule })
figure-svg-heading = { $parameters } parameters · { $operations } { $unit } (rule { $rule }) · input { $shape }
figure-volumes = { $parameters } parameters · { $operations } { $unit } · one slab per block: as high as its map (to the power 0.6), as thick as its channels (logarithm)
figure-legend = legend
figure-identity-shortcut = identity shortcut
figure-shortcut-with-layers = shortcut with layers
figure-costs = { $parameters } params · { $operations } { $unit }
figure-shortcut = shortcut: { $shortcut }
figure-batch-norm = { $name }: batch norm
figure-output = output { $output }
figure-parameters = { $count } parameters
figure-again = from { $path }
figure-from-to = { $from } to { $to } of { $quantity }
figure-time-from-to = { $from } to { $to } ms
figure-machine = median of { $runs } passes, { $threads ->
    [one] one thread
   *[other] { $threads } threads
} with { $kernels } on { $machine }
figure-caption = { $title }: { $parameters } parameters, { $operations } { $unit } by the rule { $rule } for an input of { $shape }.
figure-caption-opened = One card per stage, ×N for its number of blocks; opened: { $blocks }.
figure-caption-alone = Without the stages, for which there is no room; opened: { $blocks }.
figure-caption-left-out = { $count ->
    [one] One further kind of block does not fit and is not opened.
   *[other] { $count } further kinds of blocks do not fit and are not opened.
}
figure-caption-lines = A dashed shortcut is the identity, a solid one has layers.
figure-caption-he-lines = A solid shortcut is the identity, a dashed one has layers.
figure-citation = { $authors }: { $title }, { $year }. { $url }
figure-no-block = there is no block `{ $path }`; the first is `{ $first }`
figure-no-block-near = there is no block `{ $path }`; did you mean `{ $near }`?
figure-does-not-fit = the figure does not fit into { $width } × { $height } points with text of { $size } points: `{ $block }` alone needs a width of { $needed }; open a narrower one with --block, or set --width or --font-size
figure-font-lacks = the figure has characters that the shipped font lacks: { $characters }; --to svg writes them for the fonts of its reader
figure-tikz-lacks = the figure has characters that `pdflatex` does not know: { $characters }; --to svg and --to pdf can write more
document-totals = { $parameters } parameters, { $operations } { $unit } by rule { $rule } for a batch of { $batch }, depth { $depth }.
points-title-with-data = { $count ->
    [one] 1 network
   *[other] { $count } networks
}: published top-1 accuracy against { $cost }, { $data }
points-point = { $title }: { $share } %, trained on { $data }, { $cost } { $what }
points-axis-macs = multiply-adds for one image (logarithmic)
points-axis-params = learned parameters (logarithmic)
points-axis-imagenet = top-1 accuracy on ImageNet-1k, percent · logarithm of the error
points-axis-by = top-1 accuracy of weights trained by the recipe { $tag } (%) · logarithm of the error
points-axis-any = top-1 accuracy, percent · logarithm of the error
points-other-families = other families
html-line = { $parameters } parameters · { $operations } { $unit } (rule { $rule }) · batch { $batch }
html-tools = tools
html-smaller = smaller
html-larger = larger
html-turn = rotate
html-theme = light / dark
html-search-example = search: conv stride 2
html-keys = keys: / search, Enter next hit · f fit · 1 2 3 expand · + − 0 size · j k next, previous layer
html-diagram = diagram
html-nothing-chosen = No layer selected
html-choose = Click a layer in the diagram or a row of the table.
html-comparison = Comparison
html-kind = kind
html-all-kinds = all kinds
html-class = class
html-does = function
html-weights = weights, bytes
html-peak = peak activations, bytes
label-none = none
html-not-there = absent
html-fit = fit
html-previous = previous hit
html-next = next hit
html-hits = { $at } / { $all }
html-details = layer
html-close = close
html-fault = problem
html-count = { $shown } of { $all } layers, { $params } parameters, { $macs }
label-scalar = scalar

## The explorer: panes

tab-stats = Stats
tab-layers = Layers
tab-graph = Graph
tab-checks = Checks
tab-spec = Spec
tab-weights = Weights
level-stages = stages
level-blocks = blocks
level-layers = layers
pane-seen = { $first }–{ $last } of { $all }
pane-place = { $at } of { $of }
pane-too-small = This terminal has { $size } cells.
pane-least-size = { $size } are needed.
pane-enlarge = Make it larger, or q to quit.
title-compare-with = Compare with
title-params = { $count } params
title-operations = { $count } { $unit }
title-depth = depth { $depth }
title-compared = input { $sizes } · batch { $batch } · rule { $rule }
title-checks-of = Checks of { $title }
checks-no-problems = No problems found.
label-batch-of = batch { $count }
total-by-rule = total, rule { $rule }
layers-found = { $count } of { $all } layers with “{ $filter }”, Esc shows all
layers-ranked = ranked by { $column }
layers-ranked-short = by { $column }
layers-hidden = hidden: { $columns }
layers-hidden-short = { $count } hidden
notice-no-columns = no more columns in that direction
detail-on-main-path = { $layer }, on the main path
detail-on-shortcut = { $layer }, on the shortcut
detail-equal-blocks = { $name } · { $count } equal blocks
detail-tensor = { $path } { $shape }
detail-statistic = { $path } { $shape }, a running statistic
detail-counter = { $path } { $shape }, a counter
detail-share = { $count }, { $share } of all
detail-large-share = { $count } ({ $short }), { $share } of all
detail-layers = layers
detail-field-of-one = 1 pixel at its output
detail-field = { $size } pixels at its output
graph-layer = { $name }  { $summary }
graph-answers = { $before } → { $now }
graph-answer-flips = the answer flips
graph-answer-stays = the answer stays
graph-gate = × gate
graph-batch-norm = BN
find-strided = conv 3×3 stride 2
find-strided-hint = downsampling
find-pointwise = conv 1×1
find-pointwise-hint = pointwise convolutions
find-norm = batch norm
find-norm-hint = normalisations
find-shortcut-hint = all layers on shortcuts
find-parent = inherited from
sort-reversed = { $key } reversed
sort-tree = by family, as a tree
sort-names = from a to z
sort-names-reversed = from z to a
sort-oldest = the oldest first
sort-newest = the newest first
sort-most-accurate = the most accurate first (published accuracy)
sort-least-accurate = the least accurate first (published accuracy)
sort-smallest = the smallest first
sort-largest = the largest first
files-weights = Weights from a file ({ $endings })
files-image = An image from a file ({ $endings })
files-data = A folder of images to train on
files-here = this folder
find-folder = a folder …
preview-data = { $count } images in { $classes } classes
files-network = Open a spec, a checkpoint, or an image to classify
preview-reading = reading …
preview-image = image, { $size } pixels
preview-checkpoint = { $source }: { $tensors ->
        [one] { $tensors } tensor
       *[other] { $tensors } tensors
    }, { $values } values
preview-network = network: { $title }
preview-counts = { $params } parameters · { $operations } { $unit } · depth { $depth } · { $layers ->
        [one] { $layers } layer
       *[other] { $layers } layers
    }
preview-problems = { $errors ->
        [0] no errors
        [one] { $errors } error
       *[other] { $errors } errors
    }, { $warnings ->
        [0] no warnings
        [one] { $warnings } warning
       *[other] { $warnings } warnings
    }: see Checks
chooser-trained = trained
chooser-untrained = random, seed { $seed }
chooser-noise = noise (seed { $seed })
chooser-typed = typed
chooser-file = a file
chooser-type-weights = a file, a tag or synthetic:SEED
chooser-type-input = synthetic:SEED or an image file
chooser-keys = ● is chosen · { $other } other list · { $accept }, or click here
chooser-type = a file or tag …
chooser-type-form = Enter to type
chooser-initial = random, initial
chooser-here = { $top1 } % · { $size } px
chooser-here-unrated = { $size } px
chooser-elsewhere = { $size } MB, { $licence }, not on this disk
chooser-elsewhere-short = { $size } MB, { $licence }
chooser-about = { $library }, { $licence }; shorter side to { $side } ({ $filter }), centre { $size }×{ $size }
chooser-fetch-first = not on this disk: resnet-explore weights fetch { $name }
chooser-picture-in-folder = picture in this folder
source-published = { $name } ({ $place })
source-in-own = own folder
source-in-torch = torch hub's cache
source-in-hub = Hugging Face cache
chooser-fetch = { $name } is not on this disk: Enter downloads it
notice-fetch-begins = downloading { $name }; Enter on the same row stops it
notice-fetch = { $name }: { $stage }
notice-fetch-left = { $name }: { $stage }, { $share }, { $seconds } s left
notice-fetches-other = { $name } is being downloaded; choose its row to stop it
notice-fetched = { $name } is on this disk now: { $file }
weights-pane-idle = No weights are chosen. Press w to choose some.
weights-pane-reading = reading the tensors …
weights-pane-choose = Weights to look at
weights-pane-beside = Weights to compare with
weights-pane-file = a file …
weights-pane-pair = { $first } → { $second }: { $changed } changed, { $equal } equal
weights-pane-equal = equal
weights-pane-alone = only one
weights-pane-kernels = { $count } kernels, { $key } shows them large
weights-pane-kernels-seen = { $name }: kernels { $first } to { $last } of { $count }
catalogue-search = search
catalogue-counting = counting { $done } of { $all }
catalogue-found = { $count } of { $all } networks, Esc shows all
catalogue-any-data-short = top-1 on any data
catalogue-networks =
    { $count ->
        [one] 1 network
       *[other] { $count } networks
    }
catalogue-sorted = { $count } networks, sorted by { $key }
catalogue-sorted-reversed = { $count } networks, sorted by { $key }, reversed
catalogue-any-data = accuracies of weights trained on any data
catalogue-marked = c compares { $first } with another
catalogue-nothing-found = no network has that name; Enter searches the commands, Esc shows all
catalogue-badge = ★ trained weights built in
catalogue-range = { $least } to { $most }
about-built-in = ★ built in: trained weights and samples
about-not-built-in = not built in: runs on random weights, or on your own file
about-accuracy = { $share } % top-1 as published ({ $weights } at { $size }), trained on { $data }
about-others-accuracy = none published of weights trained on ImageNet-1k alone; w shows others
about-no-accuracy = none published for the known weights
points-none = no network here has a published accuracy; Esc shows all
points-title = { $count ->
    [one] 1 network
   *[other] { $count } networks
}: published top-1 accuracy against { $cost }
points-title-short = { $count ->
    [one] 1 network
   *[other] { $count } networks
}: top-1 against { $cost }
points-missing = { $count } without one are not drawn
points-missing-short = { $count } not drawn
compare-no-difference = no difference
compare-differences =
    { $count ->
        [one] 1 difference
       *[other] { $count } differences, n goes to the next
    }
compare-at = { $what } at { $place }
compare-at-places = { $what } at { $place } and { $count } more
compare-more = … { $count } more
compare-only-differences = differences only
compare-what-changed = what changed
compare-nothing-differs = the two networks are the same; d shows all rows
compare-selected = selected
compare-has-none = has none
compare-cost-operations = { $count } { $unit }
compare-cost-parameters = { $count } parameters
compare-cost-activations = { $count } activations
compare-cost-field = { $count } RF
compare-cost-none = the same
compare-change-and-cost = { $what }: { $cost }
picker-tree = no ranking: the tree
picker-path = path in the state_dict
picker-paper-name = stage name in the paper
picker-params-share = share of parameters, %
picker-field = receptive field (RF)
picker-summary = what it does
picker-input = input shape
picker-output = output shape
picker-saved = bytes kept in training
picker-buffers = running statistics (buffers)
spec-parent = { $name }, inherited by { $child }
spec-child = { $name }, inherits { $parents }
form-csv-statistics = CSV, statistics of every layer
form-markdown-statistics = Markdown, statistics of every layer
form-csv = CSV, numbers in full
form-markdown = Markdown
form-dot = Graphviz (DOT)
form-figure-pdf = figure for a paper, PDF
form-figure-svg = figure for a README, SVG
form-dot-not-of-points = Graphviz (DOT): not for the plot
form-svg = SVG
form-svg-points = SVG, the plot with names
form-toml = TOML, the spec itself
form-png = PNG, all feature maps of this layer
lab-heading = { $path }: { $count ->
    [one] 1 image
   *[other] { $count } images
}, channel { $channel }
lab-heading-constant = { $path }: { $count } constant images, channel { $channel }

## The explorer: a forward pass

pass-changes = changed: { $changes }
pass-changing = computing the change: { $changes }
pass-changing-back = computing the pass without changes
pass-computing = computing …
pass-weights = weights { $weights }
pass-input-of = input { $input }
pass-input-and-class = { $input }, { $class }
pass-pixels = one pixel per value
pass-channel = channel { $channel }
pass-channels = channels { $channels }
pass-input = input { $source }
pass-output = output
pass-output-now = output now
pass-mean = mean { $value }
pass-std = std { $value }
pass-min = min { $value }
pass-max = max { $value }
pass-zeros = { $share } zero
pass-dead = { $count } dead
pass-changed-by = changed by { $share }
pass-not-finite = { $count } not finite
pass-spec-has-errors = This spec has errors, so its network cannot run: see Checks.
pass-at-fault = This network has an error. It runs up to the layer marked ✗; Checks has the fix.
pass-idle = Run an image through the network and see the output of each layer.
pass-choose = { $choose } or { $accept }: choose weights and input
pass-choose-others = { $choose }: choose other weights or another input
pass-running = running …
pass-nothing-yet = Nothing has run yet.
pass-key-next = { $next }  runs the next layer, { $back } steps back
pass-key-all = { $key }  runs all
pass-key-up-to = { $key }  runs up to the selected layer
pass-key-choose = { $key }  chooses other weights or another input
pass-in-colour = in colour
pass-kernels = kernels: { $shown } of { $count }, each { $size }
pass-random = random weights: nothing here is learned; { $key } offers trained ones
pass-random-only = random weights: nothing here is learned; { $network } has trained ones
random-weights = random weights
notice-run-keys = { $step } runs the next layer, { $all } runs all
pass-left = { $time } left
pass-program-error = the pass stopped because of a bug in the program
job-program-error = this stopped because of a bug in the program
value-channel-of = channel { $channel } of { $shape }
value-seen-part = the part of the image that it sees
value-how = How it is computed
norm-scale = scale γ
norm-shift = shift β
norm-running-mean = running μ
norm-running-variance = running σ²
norm-batch-mean = batch μ
norm-batch-variance = batch σ²
norm-output-mean = out μ
norm-output-variance = out σ²
norm-channel = channel { $channel }: γ { $gamma }, β { $beta }
norm-by = by
timeline-time = time of each layer
timeline-change = change of each layer's output
timeline-several = { $what }, { $count } per bar
timeline-longest = longest { $path } { $value }
timeline-largest = largest { $path } { $value }
timeline-all = all { $time }
guess-likeliest = likeliest
guess-before = before { $guess }
label-class = class { $number }
guess-classes = the { $count } likeliest classes
guess-was = was { $share }
guess-truth = true label: { $class }
guess-no-names = the classes have no names
guess-no-truth = true label: unknown
guess-before-change = before the change: { $class }
change-at-fault = { $path } has an error and does not run: only the layers before it can be changed
change-after-fault = { $path } comes after the error at { $fault } and does not run: only the layers before { $fault } can be changed
change-addition-at-fault = { $path }, the addition of this block, has an error: neither path can be zeroed
prepare-form = type any of: mean 0.485 0.456 0.406, std 0.5, resize 232, crop 288, bicubic, bgr, rgb, reset
prepare-unknown = `{ $word }` is not understood; type any of: mean 0.485 0.456 0.406, std 0.5, resize 232, crop 288, bicubic, bgr, rgb, reset
prepare-pixels = { $key } takes a number of pixels from 1 to { $limit }
prepare-numbers = { $key } takes numbers, one per channel or one for all
prepare-std = std takes numbers above 0: values are divided by them
prepare-filters = the filters are bilinear, bicubic and nearest
prepare-of-noise = this input is noise in place of a prepared image: w chooses an image
prepare-no-mean = this network does not standardise: its spec has no mean and std
prepare-no-resize = this image is not resized: it has the network's own size, or the spec names no side
prepare-no-crop = this image is not cropped: it has the network's own size
prepare-one-channel = this image has one channel: it has no channel order
prepare-other-count = { $key } has { $count ->
    [one] 1 number
   *[other] { $count } numbers
} for { $channels } channels; give one per channel, or one for all
prepare-now = now
prepare-range = values from −1 to 1
prepare-other-side = another side and filter
prepare-order = blue first; rgb puts red first again
prepare-reset = as in the spec
prepare-black-border = the crop { $crop } is larger than the image { $size }: it gets a black border

## The explorer: more notices

notice-no-size = `{ $text }` is not a size: type 224, or height and width as in 320x224
notice-batch-range = a batch has 1 to { $limit } images
notice-classes-range = there can be 1 to { $limit } classes
notice-file-has-error = the file has an error: fix it first
notice-counted = { $count } { $unit } by rule { $rule }, batch { $batch }
notice-cannot-be-built = this network cannot be built with this setting: see Checks
notice-full-speed = runs go at full speed
notice-pause = runs pause { $seconds } s at every layer
notice-no-accuracy = no network here has a published accuracy
notice-accuracies = accuracies of weights { $data }
notice-sort-first = sort by a figure first, then reverse the order
notice-compares = c compares { $first } with { $second }
notice-marked = { $first } is marked; mark another one, or select it and press c
notice-no-network-there = no network in that direction
notice-mark-two = mark two networks first, or mark one and select another
notice-only-differences = only what differs
notice-all-rows = all rows
notice-no-difference-below = no difference below
notice-no-difference-above = no difference above
notice-no-such-row = this network has no such row
notice-nothing-paired = no layer of a block has a counterpart in the other network: only stem and head are paired
notice-wrote = wrote { $file }
notice-copied = copied { $text }
notice-points-no-graph = Graphviz cannot draw the plot: choose SVG or CSV
notice-nothing-run = nothing has run yet
notice-nothing-to-write = nothing has run yet, so there is nothing to write
notice-reloaded = { $file } reloaded
notice-written-in = this is written in { $place }
notice-no-line = this problem is not about a line
notice-colours = colours: { $scheme }
scheme-dark = dark
scheme-light = light
scheme-contrast = high contrast
scheme-mono = no colour
notice-fixed = fixed in { $file }: { $what }

## Labels, in tables and details

label-operations = operations
label-changed = changed
label-costs = costs
label-product = product
label-rounded = rounded
label-cut = cut
label-time = time
label-inference = inference
label-training = training
label-shape = shape
label-mean = mean
label-min = min
label-max = max
label-feeds = feeds
label-read-by = output to
layers-misfit = main path { $main }, shortcut { $shortcut }
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
heading-before = before
heading-after = after
heading-change = change
label-classes = classes
label-value = value
label-fit = fit
label-quoted-as = quoted as
label-crop = crop
label-interpolation = interpolation
label-known-weights = known weights
label-mark = mark
label-rule = rule
label-batches = batches
label-channel = channel

## Words with another meaning at the head of a column

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
key-catalogue-find-file = open a spec, a checkpoint, or an image to classify
    .short = open a file
key-catalogue-lessons = choose a lesson
    .short = lessons
key-catalogue-plot = plot the networks: accuracy against cost
    .short = points
key-catalogue-turn-trained = show accuracy for ImageNet-1k training only, or for any training data
key-catalogue-pick-trained = choose weights by training data or recipe, and show their accuracy
key-catalogue-mark = mark or unmark for a comparison
    .short = mark
key-catalogue-compare = compare the two marked networks, or the marked one with this one
    .short = compare
key-catalogue-pick-sort = sort by a figure, or by family again
    .short = sort
key-catalogue-next-column = scroll to the next column
key-catalogue-previous-column = scroll to the previous column
key-catalogue-turn-sort = reverse the order

key-scatter-accept = open the selected network
    .short = open
key-scatter-to-left = go to the nearest point on the left
    .short = move
key-scatter-to-right = go to the nearest point on the right
key-scatter-to-up = go to the nearest point above
key-scatter-to-down = go to the nearest point below
key-scatter-dearer = go to the next more expensive network
key-scatter-cheaper = go to the next cheaper network
key-scatter-turn-axis = show MACs or parameters on the horizontal axis
    .short = axis
key-scatter-turn-trained = show accuracy for ImageNet-1k training only, or for any training data
key-scatter-pick-trained = choose weights by training data or recipe, and show their accuracy
key-scatter-plot = show the list again
    .short = list
key-scatter-back = show all networks again; without a search, the list
    .short = list
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

key-stats-accept = show the layers
    .short = layers
key-stats-turn-axis = plot against the other cost: MACs or parameters
    .short = axis
overview-size = size
overview-size-among = size, > share of { $count } networks
overview-size-batch = size, for a batch of { $batch }
overview-rank = > { $share }
overview-top1 = top-1
overview-weights = weights
overview-inference = inference
overview-training = training
overview-memory = memory: weights, and activations (f32)
overview-memory-of = memory, of { $free } free here
overview-since-save = changed since the last save
overview-against-parent = changed against { $parent }
overview-at-fault = ✗ { $path } breaks a rule: numbers are as it was meant
overview-among = top-1 against { $cost }
overview-surveying = counting the other networks …
overview-point = ◆ { $title }: { $top1 } %
overview-no-accuracy = ◆ the cost of { $title }; its accuracy is unknown
overview-times = slowest layers of the pass
overview-no-pass = no pass has run yet
key-layers-accept = expand or collapse; on a layer, read its details
key-layers-detail = go to the detail panel
    .short = detail
key-layers-switch-bars = switch the bars between MACs and parameters
    .short = bars
key-layers-switch-numbers = show numbers in full, or in thousands, millions …
key-layers-next-column = scroll to the next column that has no room
key-layers-previous-column = scroll back by a column
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
key-graph-step = run the next layer of the pass
    .short = step
key-graph-step-back = step back one layer
key-graph-run-all = run the pass to the end
    .short = run all
key-graph-cut = cut the selected path of a block (at an addition: its shortcut), or join it again, and see the answer change
    .short = cut
key-graph-rewind = go back to the start of the pass
key-graph-show-answer = show the answers that presenter mode hides
key-graph-next-map = show the next channel in the boxes
key-graph-previous-map = show the previous channel in the boxes
key-graph-slower = run slower, pausing at every layer
key-graph-faster = run faster
key-graph-pan-up = scroll up
key-graph-pan-down = scroll down
key-graph-pan-left = scroll left
key-graph-pan-right = scroll right

key-spec-fix = apply the first fix
key-spec-undo-fix = undo the last fix
key-spec-accept = show the layer of this line in the table
    .short = go to layer

key-checks-accept = show the layer in the table, or else the line of the spec
    .short = go to layer
key-checks-fix = apply the fix of the selected problem to the spec; a built-in spec is copied first
    .short = fix
key-checks-undo-fix = undo the last fix
key-checks-pan-up = scroll the text about the problem up
key-checks-pan-down = scroll the text about the problem down
key-checks-to-spec = show the line of the spec
    .short = go to line

key-weights-accept = show the layer of the tensor
key-weights-choose = choose the weights to look at
    .short = weights
key-weights-compare = compare with other weights, the largest relative change first
    .short = compare
key-weights-enlarge = show the first kernels large
    .short = kernels
key-weights-shrink = show the tensors again
key-weights-next-kernels = show the next kernels
key-weights-previous-kernels = show the previous kernels
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
key-compare-next-column = scroll to the next column
key-compare-previous-column = scroll to the previous column
key-compare-swap-sides = swap the two networks
key-compare-pick-rule = choose the counting rule
key-compare-pick-size = change the input's height and width
key-compare-pick-batch = change the batch size
key-compare-pick-classes = change the number of classes

key-running-cancel = stop the run at the next layer; a training writes its best weights so far
    .short = stop

key-forward-step = run the next layer
    .short = step
key-forward-step-back = step back one layer
    .short = back
key-forward-run-all = run to the end
    .short = run all
key-forward-explain = explain one value: how it is computed
    .short = explain
key-forward-changes = switch off a block, zero a path, move a stride …, and rerun from there
    .short = change
key-forward-prepare = change the preprocessing: type mean, std, side, filter, channel order
key-forward-run-to = run up to and including the selected layer
    .short = run to
key-forward-choose = choose weights and input: a picture, a sample, noise
    .short = choose
key-forward-rewind = go back to the start
    .short = rewind
key-forward-next-maps = show the next channels
key-forward-previous-maps = show the previous channels
key-forward-enlarge = show one channel enlarged
key-forward-shrink = show several channels again
key-forward-contrast = scale each map by its own range, or all by one
key-forward-switch-mode = normalise by this batch's statistics, or by the running statistics
key-forward-toggle-stop = set or clear a stop after the selected layer
key-forward-turn-stops = stop at every addition, at the end of every stage, or at marked layers only
key-forward-slower = run slower, pausing at every layer
key-forward-faster = run faster
key-forward-earlier = on the timeline: previous layer
key-forward-later = on the timeline: next layer
key-forward-longest = go to the layer that took longest, or that a change affected most
key-forward-flip = show the layer before the change in place of that after it, and back; - shows both
key-forward-show-answer = show the answers that presenter mode hides
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
key-chooser-choose = go to the list of weights
key-chooser-type-choice = type a seed or a file name
    .short = type a seed or file
key-chooser-find-file = find a weights file or an image
    .short = find a file

key-confirm-accept = write the file: apply the fix, or undo it
    .short = write
key-confirm-back = leave the file as it is
    .short = leave
title-confirm = Apply this fix?
title-confirm-undo = Undo this fix?
confirm-file = writes { $file }
confirm-copy = writes a copy of the built-in spec: { $file }
confirm-keys = { $write } writes it, { $leave } leaves the file as it is
key-forward-fix = open the network that the weights fit, with them
pass-open-fit = { $key } opens { $name } with these weights
pass-open-fit-classes = { $key } opens { $name } with { $classes } classes and these weights
notice-nothing-fits-better = no other network is known that these weights fit
notice-compares-broken = { $title } has errors: layers after them are compared as they were meant
find-before-fix = as it was before the fix
key-files-accept = select the file, or open the directory
    .short = open
key-files-folder-up = go to the parent directory
    .short = parent
key-files-back = close the file picker
    .short = close
key-files-erase = erase a character, or go to the parent directory
key-files-up = previous file
key-files-down = next file
key-files-page-up = one page up
key-files-page-down = one page down
key-files-first = first file
key-files-last = last file

key-typing-accept = confirm the text
    .short = confirm
key-typing-back = keep the previous value
    .short = cancel
key-typing-erase = delete the last character

key-picker-accept = show or hide the column; rank by the number
    .short = choose
key-picker-back = close the list
    .short = close
key-chooser-back = close the lists
    .short = close

key-finder-accept = choose the selected row, or the typed text
    .short = choose
key-finder-back = close the list
    .short = close
key-finder-erase = delete the last character
key-finder-up = move up
key-finder-down = move down
key-finder-page-up = page up
key-finder-page-down = page down

key-bn-lab-next-maps = next channel
    .short = channel
key-bn-lab-previous-maps = previous channel
key-bn-lab-enlarge = larger batch: 1, 2, 4 … 64 images
    .short = larger batch
key-bn-lab-shrink = smaller batch
key-bn-lab-step = run one more batch: the running statistics move
    .short = batches
key-bn-lab-step-back = one batch fewer
key-bn-lab-constant = use a constant input instead of the images, or the images again
    .short = constant
key-bn-lab-larger-eps = larger ε
    .short = larger ε
key-bn-lab-smaller-eps = smaller ε
key-bn-lab-count-right = count right answers by each kind of statistics
    .short = count right
key-bn-lab-back = close the lab
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
key-lesson-leave-lesson = leave the lesson; answers are saved
    .short = leave

key-beside-answer = answer with the selected layer, or return to the lesson
    .short = answer

key-help-back = close the help
    .short = close

key-network-tab-stats = overview: size, memory, changes, time
key-network-tab-layers = the layer table
key-network-tab-graph = the graph: boxes and edges
key-network-tab-forward = a forward pass, layer by layer
key-network-tab-checks = problems and notes
key-network-tab-spec = the spec and the network it makes
key-network-tab-weights = the weights, tensor by tensor
key-network-next-tab = next view
    .short = next view
key-network-previous-tab = previous view
key-network-find-layer = jump to a layer by its path or function
    .short = find
key-network-bn-lab = study the selected batch normalisation, or the next one: statistics, formula, histograms
key-network-pick-rule = choose the counting rule
key-network-pick-size = change the input's height and width
key-network-pick-batch = change the batch size
key-network-pick-classes = change the number of classes
key-network-compare-with = compare with another network

key-opened-back = return to the catalogue or the comparison
    .short = back

key-anywhere-back = close what was opened last
key-anywhere-find-file = open a spec, a checkpoint, or an image to classify
key-anywhere-undo = return to where you were before the last jump
key-anywhere-redo = go forward again
key-anywhere-export = write this view to a file
key-anywhere-lessons = choose a lesson: predict, and let the network decide
key-anywhere-next-theme = next theme: dark, light, high contrast, no colour
key-anywhere-switch-ascii = draw with ASCII only, or with all characters
key-anywhere-present = begin or end presenter mode: large labels, echoed keys, hidden answers
key-anywhere-palette = search for a command by name
    .short = all commands
key-anywhere-help = show the keys
    .short = help
key-anywhere-quit = quit
    .short = quit

key-always-quit = quit
key-always-suspend = return to the shell; fg comes back here

## Joints between the parts of a list

joint-comma = {", "}
joint-or = {" or "}
joint-and = {" and "}
joint-clause = {", "}
joint-semicolon = {"; "}
## Gradients and training

gradient-no-derivative = `{ $layer }` is a { $op }, which has no derivative, so no gradient can pass through it. Use such a layer only to prepare images.
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
data-no-folder = There is no directory { $path }. Give --data digits, or a directory with the files of MNIST or CIFAR, or with one subdirectory of images per class.
data-unknown = { $path } contains no data that this program recognises: neither the files of MNIST (train-images-idx3-ubyte) or CIFAR (data_batch_1.bin, train.bin), nor subdirectories of images, one per class.
data-unreadable = { $path } cannot be read: { $reason }. Check the path and its permissions.
data-cut-short = { $path } is truncated: { $missing ->
        [one] 1 byte is missing
       *[other] { $missing } bytes are missing
    }. Download it again.
data-too-long = { $path } has more bytes than its header promises. Download it again.
data-not-idx = { $path } is not an IDX file of the kind that MNIST has. Check the download.
data-missing = { $path } is missing. The set needs all of its files in one directory.
data-labels-differ = { $path } has { $images ->
        [one] 1 image
       *[other] { $images } images
    } and { $labels ->
        [one] 1 label
       *[other] { $labels } labels
    }. The two files belong to different sets.
data-other-size = The images in { $path } have another size than those to train on. Put the files of one set into one directory.
data-label-of-file = Image { $picture } in { $path } has label { $label }, and the set has { $classes } classes. The file is damaged: download it again.
data-no-pictures = { $data } contains no images. Put PNG, JPEG, WebP, BMP or GIF files into it, or remove it.
data-one-class = { $data } has only one class, so there is nothing to learn. Give at least two.
data-few = { $data } has { $pictures } images, too few to train on some and test on others. Add images.
data-class-unknown = { $path } is a class without images to train on. Add some under the same name, or remove it.
data-picture = An image cannot be used: { $reason }. Replace it or remove it.
data-size = { $data } has images of { $own }, and { $network } takes { $wanted } (channels × height × width). Choose a network of that size, or set --input-size.
data-label-beyond = { $data }: image { $picture } has label { $label }, and { $network } has { $classes } classes. Set --classes.
train-nothing-learns = Every layer with weights is frozen, so nothing can be trained.
train-one-value = { $layer } sees one value per channel in a batch of { $batch }, and one value has no variance to normalise by. Choose a larger batch or input, or freeze the layer.
train-last-batch = { $layer } sees one value per channel in the last batch of an epoch, which has { $images ->
        [one] 1 image
       *[other] { $images } images
    } left over from batches of { $batch }; one value has no variance to normalise by. Choose another batch size.
train-diverged = The loss is no longer a number at step { $step }. Lower the learning rate.
train-diverged-at = The loss is no longer a number at step { $step }; the first layer with such a value is { $layer }. Lower the learning rate.
train-state-differs = { $file } cannot be resumed from: `{ $tensor }` is missing or has another shape. It belongs to another network or to other frozen layers: give --resume the directory of this one, and the same --freeze.
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
gradient-column-norm = ‖gradient‖
gradient-column-log = on a logarithmic scale
train-twice = { $net } is named twice.
train-begun-anew = note: these tensors do not fit and get initial values: { $tensors }
train-freeze-nothing = { $net } has no layer { $path } to freeze. `table { $net }` lists its layers.
train-estimate = { $net }: { $parameters } parameters, at most { $memory } of memory, { $step } ms per step
train-plan = { $data }: { $train } images to train on and { $test } to test on; { $steps } steps, about { $seconds } s
train-not-kept = note: nothing is saved; give a directory with -o to save weights and log
train-epoch = { $net }  epoch { $epoch }  loss { $loss }  accuracy { $train } %, test { $test } %  { $rate } images/s
train-curve-loss = Loss, { $low } to { $high }
train-curve-test = Test accuracy, { $low } to { $high } %
train-saved = { $net }: the weights of epoch { $epoch }, the best in the test, are in { $path }
train-stopped = Stopped. Nothing was saved.
train-stopped-kept = Stopped. The best weights so far are saved; continue with --resume.
train-folder-taken = { $path } exists already. Continue that training with --resume, or choose another directory.
train-other-net = { $path } is the log of { $own }, not of { $net }. Give --resume the directory of { $net }.
train-other-setting = This training began with { $option } { $began }, and now it would be { $now }. Give the same settings to continue it.
effect-schedule-steps-takes = --schedule steps takes it

## The command line: gradient and train

call-gradient = Run a backward pass: the gradient of the loss, tensor by tensor and block by block
call-gradient-batch = Images per batch; by default 2, or as many as there are inputs
call-gradient-weights = shipped, synthetic:SEED, init:he:SEED, init:torch:SEED or a checkpoint
call-gradient-input = sample:N (built-in samples, starting with that one), synthetic:SEED or an image file
call-gradient-label = Class of each image, counted from 0, or one class for all; by default 0, 1, 2 …
call-gradient-inference = Batch normalisation by its running statistics, which are constants then
call-gradient-step = Show the loss after one step of plain gradient descent of this length, too
call-gradient-single = Single precision, as in training; double by default
call-train = Train networks side by side on the same images
call-train-names = Networks or spec files, which learn side by side from the same batches
call-train-data = digits (in the binary), or a directory: the files of MNIST or CIFAR, or images with one subdirectory per class
call-train-weights = Weights to begin with: init:he:SEED, init:torch:SEED, shipped or a checkpoint, whose head may differ; by default init:he and the seed
call-train-freeze = Layer, block or stage whose weights do not change, as in layer3; may be given several times
call-train-without = Parts that the networks lack, separated by commas
call-train-epochs = Passes over all images to train on
call-train-lr = Learning rate
call-train-momentum = Momentum, as PyTorch's SGD defines it
call-train-weight-decay = Weight decay: the part of each weight that is added to its gradient
call-train-schedule = Schedule of the learning rate
call-value-schedule-constant = No change
call-value-schedule-cosine = Down to zero along half a cosine wave
call-value-schedule-steps = Down to a tenth after every --every epochs
call-train-every = Epochs after which the learning rate drops to a tenth, with --schedule steps
call-train-smoothing = Label smoothing: the share of the target that is spread over all classes
call-train-shift = Shift each image by up to this many pixels
call-train-mirror = Mirror every other image, left to right
call-train-batch-size = Images per batch
call-train-seed = Seed of weights, batches, shifts and mirrors
call-train-output = Directory for the best weights, the last ones to continue from, and a log of each network
call-train-resume = Continue the training in a directory, up to --epochs in all
call-train-format = Form of the output; json and csv print one line per epoch and network as it ends

## Where a network looks, lesions and fields

saliency-cam = class activation map (CAM)
saliency-grad-cam = Grad-CAM
saliency-gradient-input = gradient × input
saliency-occlusion = occlusion
saliency-cam-worth = Exact for this network: the mean of the map plus the bias is the score. It is as coarse as the last map, and says where evidence is, not what it is (Zhou et al. 2016, "Learning Deep Features for Discriminative Localization").
saliency-grad-cam-worth = At the last map of a network with a global average pool it equals the positive part of CAM. At earlier layers the mean gradient is a rough weight, and the map may not be faithful (Selvaraju et al. 2017, "Grad-CAM"; Draelos and Carin 2020, "Use HiResCAM instead of Grad-CAM").
saliency-gradient-input-worth = A first-order estimate of the effect of each pixel. It is noisy, and exact only where the score is linear in the input (Shrikumar et al. 2016, "Not Just a Black Box"; Adebayo et al. 2018, "Sanity Checks for Saliency Maps").
saliency-occlusion-worth = Measured, not derived: the score that the network loses under the patch. A covered image is unlike those of the training, and the patch's size changes the map (Zeiler and Fergus 2014, "Visualizing and Understanding Convolutional Networks"; Hooker et al. 2019, "A Benchmark for Interpretability Methods").
saliency-no-cam = CAM needs a global average pool followed by one linear layer, and `{ $layer }` ({ $op }) is in between. Use Grad-CAM, gradient × input or occlusion.
saliency-no-map = The network has no feature map of more than one cell, so there are no places to weight. Use gradient × input or occlusion.
saliency-not-a-map = `{ $layer }` outputs a vector, which has no places. Choose a layer that outputs a feature map.
saliency-not-reached = The scores do not depend on `{ $layer }`. Choose a layer on the way to the output.
saliency-no-gradient = The middle cell of `{ $layer }` has gradient zero for every pixel, so its effective receptive field has no size. Choose other weights or more inputs.
saliency-patch = A patch of side { $side } that moves by { $stride } does not fit: the side must be from 1 to { $most }, and it must move by at least 1.
lesion-nothing = nothing
lesion-all-main = all main paths zeroed
lesion-all-shortcuts = all shortcuts zeroed
call-evaluate = Evaluate a network on labelled images: accuracy, and which classes it takes for which
call-evaluate-data = digits (in the binary), or a directory: the files of MNIST or CIFAR, or images with one subdirectory per class
call-evaluate-all = All images; by default those that `train` does not learn from
call-evaluate-seed = Seed that chooses the images `train` does not learn from, where the data has no such part
call-evaluate-weights = shipped, synthetic:SEED, init:he:SEED, a checkpoint or the tag of published weights
call-evaluate-batch-size = Images that run at once
call-lesions = Switch off each block's main path or shortcut, and show the accuracy that is left
call-lesions-weights = shipped, synthetic:SEED, init:he:SEED, a checkpoint or the tag of published weights
call-lesions-data = digits (in the binary) or a directory, in place of the built-in samples
call-lesions-images = Images of the data, at most
call-field = Measure the effective receptive field of layers, beside the theoretical one
call-field-at = Layer that outputs a feature map; by default the last of each stage. May be given several times
call-field-weights = shipped, synthetic:SEED, init:he:SEED, a checkpoint or the tag of published weights
call-field-inputs = Random inputs over which the gradient is averaged
call-field-seed = Seed of the first input
call-run-cam = Show where the network looks for a class, by number or `top`; two with a comma, side by side
call-run-method = Method of the map
call-run-at = Layer whose feature maps Grad-CAM weights; by default the last one
call-run-patch = Side of the patch of occlusion; by default a quarter of the image
call-run-patch-stride = Pixels between two places of the patch; by default half its side
call-run-output = Write the image and the maps as PNG
call-run-force = Replace an existing file
run-cam-title = { $method }: { $model }, input { $input }, weights { $weights }
run-cam-class-line = class { $class } { $label }: score { $score }, { $cells } cells, the largest in row { $row } of { $rows }, column { $column } of { $columns }
run-cam-legend = Red (or dark): adds to the score. Blue (or -): takes away from it.
run-cam-class = `{ $word }` is not a class. Give a number from 0, or `top` for the likeliest class.
run-cam-idle = { $option } has no effect with --method { $method }: --at is for grad-cam, --patch and --patch-stride are for occlusion.
run-cam-one-input = --cam takes one image. Give a single --input.
lesions-title = { $model }, weights { $weights }: { $images ->
        [one] 1 image
       *[other] { $images } images
    }
lesions-column-off = Switched off
lesions-column-right = Right
lesions-column-accuracy = Accuracy
lesions-worth = A block without its main path passes its shortcut on (Veit, Wilber and Belongie 2016). With few images, one more or less is no evidence.
lesions-no-blocks = `{ $net }` has no residual block, so there is nothing to switch off. Choose a network with shortcuts.
lesions-no-samples = `{ $net }` has no built-in samples of known class. Give images with --data.
field-title = { $model }, weights { $weights }: gradient of the middle cell, over { $inputs ->
        [one] 1 random input
       *[other] { $inputs } random inputs
    }
field-column-layer = Layer
field-column-theory = Theoretical
field-column-seen = In the image
field-column-effective = Effective side
field-column-pixels = Pixels
field-map = Effective receptive field of { $layer }, over the image:
field-worth = Effective: pixels whose mean gradient exceeds 4.55 % of the largest one, as the side of a square with as many (Luo et al. 2016).
evaluate-title = { $model }, weights { $weights }, on { $data }: { $right } of { $images } right, { $share }
evaluate-matrix = Rows: class of the image. Columns: class that the network answers.
evaluate-column-class = Class
evaluate-mistakes = Most frequent mistakes:
evaluate-mistake = { $count } × { $label } taken for { $answer }
evaluate-no-classes = `{ $net }` outputs a feature map, and an evaluation needs one number per class. End the network with a pool, a flatten and a linear layer.

## Queries of a lesson, for those who write lessons

query-no-layer = { $net } has no layer `{ $path }`
query-names-no-layer = `{ $word }` names no layer: write NET.LAYER
query-no-rule = there is no counting rule `{ $rule }`
query-no-downsampling = { $net } has no downsampling number { $number }
query-no-fault = { $net } breaks no rule
query-no-problem = `check` finds no problems in { $net }
query-window-numbers = `window` takes four whole numbers; kernel and stride are 1 or more
query-window-too-large = the window is larger than the padded input
query-no-size = the batch size is not a whole number
query-no-shape = the shape of { $layer } is unknown
query-no-window = { $layer } has no window
query-no-input = { $layer } has no input
query-no-convolution = { $layer } is not a convolution
query-cannot-count = `{ $what }` cannot be counted
query-no-field = { $layer } has no receptive field
query-no-stage = { $net } has no stage { $number }
query-names-no-block = `{ $word }` names no block: write NET.BLOCK
query-no-block = { $net } has no block `{ $path }`
query-no-preprocessing = { $net } has no { $what } of channel { $channel }
query-no-sample = the sample's number is not a whole number
query-no-epochs = the number of epochs is not a whole number
query-no-part = there is no part `{ $part }` here
query-no-blocks = { $net } has no blocks to measure
query-no-classes = { $net } has no class names
query-pass-stopped = the forward pass did not finish
query-channel-and-size = channel and batch size are whole numbers
query-cannot-measure = there is no statistic `{ $what }`
query-takes = { $function } takes { $arguments }
query-no-function = there is no function `{ $function }`; write one of: { $known }
query-not-a-number = only numbers can be calculated with
query-takes-params = NET or NET.LAYER: learned parameters of all layers below that path
query-takes-buffers = NET or NET.LAYER: number of running means and variances
query-takes-macs = NET or NET.LAYER, and a rule in quotes if not conv+fc: operations for one image
query-takes-shape = NET.LAYER: shape of its output
query-takes-input = NET.LAYER: shape of its input
query-takes-op = NET.LAYER: PyTorch's name of the operation
query-takes-successor = NET.LAYER: layers that take its output, joined by commas
query-takes-predecessor = NET.LAYER: layers whose output it takes, joined by commas
query-takes-kernel = NET.LAYER: size of its kernel
query-takes-stride = NET.LAYER: its stride
query-takes-padding = NET.LAYER: its padding
query-takes-groups = NET.LAYER: groups of a convolution
query-takes-count = NET, and one of blocks, projections, identities, stages, layers, downsamples or an operation: their number
query-takes-blocks = NET, stage from 1: number of its blocks
query-takes-block = NET: kind of its first block
query-takes-paper-name = NET, stage from 1: the stage's name in the paper
query-takes-depth = NET: convolutions on the main path, plus linear layers
query-takes-field = NET or NET.LAYER: receptive field in pixels
query-takes-downsample = NET, number from 1: the layer with that downsampling
query-takes-shortcut = NET.BLOCK: identity, projection, pooled projection or zero padding
query-takes-residual = NET.BLOCK: the layer that outputs its residual F(x), the end of its main path
query-takes-legal = NET: whether it breaks no rule
query-takes-fault = NET: the first layer that breaks a rule
query-takes-caught = NET: id of the first problem that `check` finds
query-takes-window = size, kernel, stride, padding: output size of such a window
query-takes-preprocess = NET, mean or std, channel: that number of its preprocessing
query-takes-runs = NET: whether a forward pass on noise ends with finite numbers
query-takes-top = NET, number: the most likely class of that sample
query-takes-gradient = NET: the gradient's norm in the first block, divided by that in the last, at the start of training
query-takes-trained = NET, epochs, and parts to leave out (norms, shortcuts, preprocessing): test accuracy in percent on the digits
query-takes-lesion = NET or NET.BLOCK, and none, main or shortcut: samples that are still classified correctly without that path
query-takes-looks = NET, sample, row or column: the cell of the class activation map with the largest value, counted from 1
query-takes-bn = NET.LAYER, statistic, channel, batch size: that statistic of a batch normalisation
query-takes-bn-distance = NET.LAYER, batch size: mean distance of a batch's means from the running means, in standard deviations

## Images

png-wrong-count = { $count } values do not fill an image of { $columns }×{ $rows }

## Weights: show and diff

call-weights = List, download and remove published weights, and look into checkpoints
call-weights-show = Show a checkpoint's tensors: shape, type and spread of the values
call-weights-show-file = A checkpoint: .safetensors, .pth, .pt, .ckpt or .bin
call-weights-show-search = Only tensors whose names contain this
call-weights-diff = Show the differences between two checkpoints, the largest relative change first
call-weights-diff-first = The checkpoint that differences are relative to
call-weights-diff-second = The checkpoint to compare with it
label-tensor = tensor
weights-column-dtype = type
weights-column-zeros = zeros
weights-column-not-finite = NaN, ∞
weights-column-relative = relative change
weights-column-largest = largest difference
weights-no-such-name = no tensor in { $file } has “{ $text }” in its name
weights-show-title = { $file }: { $count ->
    [one] 1 tensor
   *[other] { $count } tensors
}, { $values } values ({ $types })
weights-show-no-network = no network of the catalogue resembles it
weights-show-not-finite = { $count ->
    [one] one value is NaN or infinite
   *[other] { $count } values are NaN or infinite
  }; the other figures are of the finite values
weights-diff-title = { $first } and { $second }: { $equal } tensors are equal, { $changed } differ
weights-diff-network = compared under the names of { $network }, which both fit
weights-diff-shape = `{ $name }` is { $first } in the first and { $second } in the second
weights-diff-only = only in { $file }: { $names }

call-weights-list = List the published weights of networks: accuracy, training data, licence, and the file on this disk
call-weights-list-name = A network of the catalogue; by default, all
call-weights-list-here = Only those that are on this disk
call-weights-list-verify = Compare each file on this disk with its publisher's SHA-256
weights-column-library = library
weights-column-licence = licence
weights-column-here = on this disk
weights-column-hash = SHA-256
label-unknown = unknown
weights-hash-is-right = right
weights-hash-is-wrong = wrong
weights-none-published = no published weights of { $name } are known; `resnet-explore weights list` shows those of all networks
weights-none-here = none of these weights are on this disk
weights-hash-wrong = { $file } is damaged or another file: its SHA-256 begins with { $found }, its publisher's with { $expected }; `resnet-explore weights fetch` downloads it again
weights-list-count = { $count ->
    [one] One file of weights
   *[other] { $count } files of weights
  }, { $here } on this disk. top-1: percent of ImageNet-1k's validation images, at that size.
weights-list-licence = A licence with -nc excludes commercial use.
weights-list-places = Looked in torch hub's cache, in the Hugging Face cache, and in the directory that { $variable } names.
choice-not-here = the published weights { $name } are not on this disk; `resnet-explore weights fetch { $name }` downloads them from { $address }
run-published-weights = weights { $name } ({ $library }, licence { $licence }): { $file }; preprocessing as published, unless set by an option
run-no-trained-weights = no trained weights of { $name } are on this disk, so the classes mean nothing; `resnet-explore weights fetch { $name }` downloads some

## Weights: fetch and remove

call-weights-fetch = Download published weights into the cache that Python uses, and check them
call-weights-fetch-name = Weights by name, such as resnet50.a1_in1k, or a network, for its most accurate ones
call-weights-remove = Remove published weights from the caches of torch hub and the Hugging Face hub
call-weights-remove-name = Weights by name, such as resnet50.a1_in1k
fetch-asking = connecting
fetch-waiting = waiting for another program that downloads the same file
fetch-receiving = downloading
fetch-pausing = trying again in { $seconds } s
fetch-checking = checking the SHA-256
fetch-so-far = { $done } of { $total }
fetch-rate = { $rate }/s
fetch-left = { $time } left
fetch-cancelled = the download was stopped
fetch-cancelled-kept = the download was stopped; { $size } are kept, and the next download of this file continues from there
fetch-kept = { $problem }; { $size } are kept, and the next download of this file continues from there
fetch-not-built = this build of the program has no downloads: build it with its default features, or download the file in another way
fetch-offline = { $variable } is set, so nothing is downloaded: unset it
fetch-no-place = no directory for the cache is known: set HF_HOME and TORCH_HOME
fetch-address = `{ $address }` is not an address with http:// or https://: check HF_ENDPOINT and RESNET_EXPLORE_MIRROR
fetch-proxy = the proxy { $proxy } cannot be used: { $reason }; check HTTPS_PROXY and NO_PROXY
fetch-proxy-kind = only proxies with http:// or https:// are supported
fetch-unreachable = { $host } cannot be reached: { $reason }; check the network, or name a proxy (HTTPS_PROXY) or a mirror (HF_ENDPOINT, RESNET_EXPLORE_MIRROR)
fetch-insecure = no secure connection to { $host }: { $reason }; the certificates are those of the system, or of SSL_CERT_FILE
fetch-denied = { $host } refuses the file (status { $status }): it may be private or gone; HF_TOKEN takes a token that may read it
fetch-missing = there is no file at { $address }
fetch-busy = { $host } has too many requests (status 429): try again later
fetch-busy-for = { $host } has too many requests (status 429): try again in { $seconds } s
fetch-status = { $host } answers with status { $status }: try again later
fetch-redirects = { $host } redirects without end, or to an address that is not secure: check HF_ENDPOINT and RESNET_EXPLORE_MIRROR
fetch-page = { $host } answers with a web page in place of the file: the network may ask you to log in
fetch-no-hub = { $host } answers without the header { $header } of a Hugging Face hub: check HF_ENDPOINT
fetch-broken = the connection to { $host } broke: { $reason }
fetch-other-file = the file from { $host } is not its publisher’s: its SHA-256 begins with { $found }, the publisher’s with { $expected }; it was deleted
fetch-too-long = { $host } sends more bytes than the file has; they were deleted
fetch-unwritable = { $file } cannot be written: { $reason }
fetch-no-such-host = no host has this name
fetch-silent = no answer within the time limit
fetch-ended-early = the data ended early
fetch-refused = nothing answers there
fetch-other-range = the answer has other bytes than were requested
fetch-begins = { $name }: { $size }, licence { $licence }, from { $host }
fetch-begins-about = { $name }: about { $size }, licence { $licence }, from { $host }
fetch-non-commercial = this licence excludes commercial use
fetch-continues = { $size } of it are here from an earlier download
fetch-most-accurate = { $name } is the most accurate of { $count } published weights of { $net }; `resnet-explore weights list { $net }` shows all
fetch-done = { $name } is on this disk now: { $size }, SHA-256 right
fetch-was-here = { $name } is on this disk already: { $size }
fetch-name-one = name one of the published weights of { $net }: { $known }
fetch-no-such-tag = no published weights of { $net } are called `{ $tag }`; there are { $known }
fetch-tag-of-many = weights of { $count } networks are called `{ $tag }`: name the network too, such as { $example }
remove-not-here = { $name } is not in the caches of torch hub and the Hugging Face hub on this disk
remove-own = { $file } is in your own directory, where nothing is removed: delete it yourself
remove-busy = { $file } is being downloaded by another program: stop that first
remove-failed = { $file } cannot be removed: { $reason }
remove-done = { $name } is removed: { $size } are free
weights-column-file = file
weights-about = ~{ $size }
weights-begun = { $size } of a download
weights-list-fetch = `resnet-explore weights fetch NAME` downloads one, into the cache that Python uses.
weights-list-held = The files on this disk take { $size }.

call-weights-infer = Infer a spec that a checkpoint fits, from the names and shapes of its tensors
call-weights-infer-file = A checkpoint: .safetensors, .pth, .pt, .ckpt or .bin
call-weights-infer-output = File to write the spec to, in place of standard output
call-weights-infer-force = Replace the file if it exists
infer-nothing-alike = no network of the catalogue resembles { $file }, so no spec can be inferred; `resnet-explore weights show` lists its tensors
infer-no-fit = no spec was found that { $file } fits; the nearest, a variant of { $parent }, has { $missing ->
    [one] one tensor
   *[other] { $missing } tensors
  } that the file lacks, and the file has { $extra ->
    [one] one tensor
   *[other] { $extra } tensors
  } without a place in it
infer-fits = { $file } fits this variant of { $parent }: every tensor has its place
infer-fits-renamed = { $file } fits this variant of { $parent } under other names: every tensor has its place by shape and order
infer-comment =
    Inferred from the names and shapes of the tensors in { $file }.
    No tensor shows strides, padding, pools, activations, the input size or the preprocessing:
    those are as in the network that it inherits. Check them.
infer-unknown = no tensor shows strides, padding, pools, activations, the input size or the preprocessing; these are as in that network

## Keys of the user

keys-unknown-scope = no scope of keys is called `{ $scope }`
keys-scopes = scopes: { $scopes }
keys-unknown-command = `{ $scope }` has no command `{ $command }`
keys-commands = commands: { $commands }
keys-no-table = `{ $scope }` is a scope, which holds commands with their keys
keys-no-table-help = write [{ $scope }] on a line of its own, and below it lines such as filter = "&"
keys-no-text = a key is a text, or a list of texts
keys-no-text-help = write a key such as "f", "Enter" or ["f", "Space"]
keys-unknown-key = no key is called `{ $key }`
keys-not-sent = a terminal does not send `{ $key }` as a key of its own
keys-known = write a character, or one of { $keys }
keys-typed = `{ $key }` is typed as text in `{ $scope }`
keys-typed-help = use a key that has a name, such as "Enter" or "Esc"
keys-double = `{ $key }` is the key of `{ $command }` and of `{ $other }` in `{ $scope }`
keys-double-help = use another key here, or give `{ $other }` another one too
back-all = all layers
back-catalogue = catalogue
back-close = close
back-networks = all networks
back-list = list
back-table = table
back-tensors = tensor list
back-first-weights = one set of weights
back-maps = maps
back-lesson = lesson

## Gradients and training in the explorer

train-part-shortcuts = shortcuts
train-part-norms = batch normalisations
train-part-preprocessing = scaling and standardisation of pixels
train-part-none = this network has no { $part } to take away
train-part-not-taken = the training began without the { $part }: begin anew to train with them
train-part-needed = the { $part } cannot be taken away: { $reason }

tab-gradients = Gradients
context-gradients = Gradients
key-network-tab-gradients = sizes of gradients along the depth
key-gradients-run-all = measure again
    .short = measure
key-gradients-compare = choose a second network for the plot
    .short = second network
key-gradients-choose = other weights: He's initialisation, PyTorch's, the network's own
    .short = weights
key-gradients-turn-axis = a point for each block, or for each parameter
    .short = blocks / parameters
key-gradients-more = one more seed
key-gradients-fewer = one seed fewer
title-gradients-beside = second network for the plot
gradients-heading = Gradient norm per { $what } · { $start } · { $seeds ->
    [one] 1 seed
   *[other] { $seeds } seeds
} · batch { $batch }
gradients-of-blocks = block
gradients-of-tensors = parameter
gradients-start-he = random weights (He)
gradients-start-torch = random weights (PyTorch)
gradients-start-own = own weights
gradients-add-another = { $key } adds a second network
gradients-press = A backward pass takes a while here. { $key } measures.
gradients-none = nothing has been measured yet
gradients-list = Geometric mean over the seeds
gradients-result = Result
gradients-belief = Common belief: in a plain deep network gradients vanish on the way back to the first block; shortcuts keep them alive.
gradients-ratio = { $net }: first block / last block = { $ratio } ({ $low } to { $high } over { $seeds ->
    [one] 1 seed
   *[other] { $seeds } seeds
}): gradients { $verdict }
gradients-grow = grow on the way back
gradients-shrink = shrink on the way back
gradients-keep = keep their size within a factor of 10
gradients-with-norm = with batch normalisation
gradients-without-norm = without batch normalisation
gradients-against-belief = Against the common belief, gradients of the plain network do not vanish at the start of training: { $norm }, they explode.
gradients-as-believed = As the common belief has it, gradients of the plain network vanish at the start of training, { $norm }.
gradients-neither = The common belief says that gradients of the plain network vanish; { $norm }, at this depth, they neither vanish nor explode at the start of training.

title-train = Training
title-train-purpose = networks side by side on the same batches
title-train-parts = Parts to train with
title-train-add = Another network to train
context-train = Training
back-training = training
key-anywhere-train = train the networks on the screen, side by side
key-train-run-all = run, or pause
    .short = run / pause
key-train-step = learn from one batch
    .short = one batch
key-train-depth = experiment: plain and residual networks of several depths
    .short = depth
key-train-norm = experiment: with and without batch normalisation
    .short = batch norm
key-train-input = experiment: with and without standardised input
    .short = input
key-train-next-panel = next panel
    .short = panel
key-train-previous-panel = previous panel
key-train-changes = take a part away from the selected network or give it back, and go on
    .short = parts
key-train-accept = type the selected value, or run
key-train-slower = halve the learning rate
key-train-faster = double the learning rate
key-train-compare = add a network
key-train-erase = remove the selected network
key-train-turn-axis = loss or accuracy, where one plot has room
key-train-next-channel = next channel of the batch normalisation
key-train-previous-channel = previous channel
key-train-next-norm = next batch normalisation
key-train-previous-norm = previous batch normalisation
key-train-keep = write the best weights so far of every network
key-train-rewind = drop the training and return to the plan
notice-no-folder = { $path } cannot be created: { $reason }
notice-kept = Kept the best so far in { $folder }: { $files }
train-nets = Networks
train-recipe = Recipe
train-ended = ended
train-ended-why = { $net } ended: { $reason }
train-field-data = data
train-field-epochs = epochs
train-field-batch = batch
train-field-rate = rate
train-field-schedule = schedule
train-field-decay = decay
train-field-start = start
train-field-seeds = seeds
train-field-wrong = `{ $text }` is not a value for { $field }. Write, for example, { $examples }.
train-most-nets = at most { $count } networks train side by side
train-no-nets = no network is planned: add one
train-no-data = no data is chosen: select the row "data", press Enter and choose a folder
train-select-a-net = select a network to remove it
train-plan-is-fixed = the training has begun: drop it first to change its plan
train-is-done = the training is at its end, and its best weights can be written
train-still-there = this training has begun already
train-quit-unkept = The weights of the training are not written: { $keep } in the training writes them, { $quit } again quits without them.
train-nothing-yet = nothing has been trained yet
train-nothing-to-keep = nothing has been trained yet, so there is nothing to write
train-no-norm = this network has no batch normalisation
train-no-test-yet = accuracies are measured after each epoch, on pictures that do not train
train-begins = The networks are being built.
train-hint = { $run } runs. Experiments on 1,797 handwritten digits: { $depth } depth with and without shortcuts, { $norm } batch normalisation, { $input } standardised input. { $add } adds a network.
train-plot-loss = Loss, mean of the last batches
train-plot-accuracy = Test accuracy in %
train-panel-batch = Batch
train-panel-norm = Batch normalisation
train-panel-gradients = Gradient norm of each block
train-panel-kernels = First kernels
train-title = { $what } · { $net }
train-title-norm = { $path }, channel { $channel } · { $net }
train-norm-batch = batch
train-norm-running = running
train-norm-mean = mean
train-norm-variance = variance
train-depth-first = first block
train-depth-last = last block
train-net-without = { $net } without { $parts }
train-net-standardised = { $net }, standardised
train-short-shortcuts = no shortcuts
train-short-norms = no batch norm
train-short-preprocessing = raw pixels
train-short-standardised = standardised
train-short-whole = as it is
train-short-parts = { $parts }
train-note-rate = epoch { $epoch }: rate { $rate }
train-note-without = epoch { $epoch }: { $net } without { $part }
train-note-with = epoch { $epoch }: { $net } with { $part } again
train-state-planned = planned
train-state-running = running
train-state-paused = paused
train-state-done = done
train-state-failed = failed
train-status-epoch = epoch { $epoch } of { $epochs }
train-status-speed = { $speed } images/s
train-status-left = { $seconds } s left
train-status-memory = { $memory }
train-asks-depth = Common belief: deeper networks fit better. Do plain networks get worse with depth, and do shortcuts prevent it?
train-asks-norm = Common belief: batch normalisation speeds up training. Same network, seeds and batches, with and without it.
train-asks-input = Common belief: standardised input speeds up training. Same network (without batch normalisation, which would standardise the first map), seeds and batches: standardised pixels, or values from 0 to 255.
train-found-depth = Degradation: from depth 8 to 56 the plain network falls from { $shallow } to { $plain }; with shortcuts depth 56 has { $residual }. Its training loss is higher too ({ $shallowloss } and { $plainloss }), so it is not overfitting.
train-found-no-depth = No degradation so far: plain depth 8 has { $shallow } and loss { $shallowloss }, plain depth 56 { $plain } and { $plainloss }, residual depth 56 { $residual }.
train-found-none = { $net }: no accuracy, as { $seeds } of { $all } seeds ended before the first epoch did
train-found-speed = { $net }: { $low } to { $high } over the seeds; { $goal } { $epochs }{ $ended }
train-after-epochs = reached after { $epochs } epochs
train-not-reached = reached with { $seeds } of { $all } seeds
train-some-ended = ; { $seeds ->
    [one] 1 seed
   *[other] { $seeds } seeds
} ended early
train-norm-helps = As believed: with batch normalisation this network learns faster.
train-norm-hurts = Against the belief: this network learns faster without batch normalisation.
train-norm-alike = No clear difference so far: this network learns about as fast with batch normalisation as without.
train-input-helps = As believed: on standardised input this network learns faster.
train-input-hurts = Against the belief: this network learns faster on pixels as they are.
train-input-alike = No clear difference so far: this network learns about as fast on both inputs.

context-lesions = Blocks switched off
context-looks = Where the network looked
key-lesions-back = close
    .short = close
key-looks-next-method = next method: CAM, Grad-CAM, gradient × input, occlusion
    .short = method
key-looks-next-class = another second class
    .short = class
key-looks-previous-class = the second class before it
key-looks-earlier-layer = an earlier layer for Grad-CAM
    .short = earlier layer
key-looks-later-layer = a later layer for Grad-CAM
key-looks-show-answer = show the answers that presenter mode hides
key-looks-back = close
    .short = close
key-forward-lesions = accuracy without each path of each block
    .short = blocks off
key-forward-looks = where the network looked at the picture
    .short = where it looked
inquiry-lesions-title = Blocks switched off in turn: right answers over { $samples } samples
inquiry-lesions-no-samples = Blocks are switched off over samples with known classes, and this network ships none. Open one that does, such as resnet20_fashion.
lesions-finding = Intact: { $intact } of { $samples }. On average { $main } are left without the main path of one block, and { $shortcut } without one shortcut.
looks-title = Where it looked · { $method }
looks-title-at = Where it looked · { $method } at { $layer }
looks-picture = picture
looks-class = { $class } · score { $score }
looks-colours = red adds to the score, blue takes from it; both maps have one scale
looks-shades = the darker, the more a place adds to the score; both maps have one scale

## The start screen and its film

context-start = Start screen
context-watch = The film of a pass
back-start = start
start-title = Residual networks, from the inside
start-purpose = Three ways to begin. Nothing needs to be installed or downloaded.
start-others = { $back }: the catalogue of { $count } networks, where { $again } leads back here
door-watch = Watch
door-watch-about = Twenty seconds: a picture goes through a trained network, layer by layer.
door-learn = Learn
door-learn-about = { $lessons } lessons and { $quizzes } quizzes: predict, then see the answer in the network itself.
door-mine = Open mine
door-mine-about = Your own spec or checkpoint, or weights on this disk.
watch-picture = This is the input: a picture of { $size } values. The network knows nothing else about it.
watch-kernels = The first convolution slides { $count } kernels over the picture. Each kernel outputs one feature map.
watch-addition = The shortcut skips two convolutions: the block's input is added to what they output. This is what makes the network residual.
watch-stage = { $stage } is complete: { $count } feature maps of { $size }. Deeper stages have more maps, and smaller ones.
watch-pooled = The mean of each map is left: { $count } numbers stand for the whole picture.
watch-answer = The answer: { $class }, { $share }. This was a real pass of { $layers } layers, computed just now.
watch-main = main path
watch-sum = sum
watch-cell = channel { $channel }, row { $row }, column { $column }: { $main } + { $shortcut } = { $sum }
watch-scale = one scale for all three: { $low } is black, { $high } is white
watch-layers = layer { $at } of { $of }
watch-skip = { $pause } pauses, any other key ends the film
watch-paused = paused: { $key } continues
watch-end = { $open } opens this pass, to run it yourself · { $again } plays the film again · any other key: back
title-mine = Open a spec, a checkpoint or weights
find-mine-typed = Enter opens the path that you typed
find-mine-recent = opened before
find-mine-spec = spec
find-mine-weights = weights
find-mine-published = published weights on this disk
find-museum = museum: open the broken network { $name }

key-start-accept = go through the selected door
    .short = go
key-start-left = go to the door on the left
    .short = select
key-start-right = go to the door on the right
key-start-watch = watch a picture go through a trained network
    .short = watch
key-start-lessons = learn: choose a lesson
    .short = learn
key-start-mine = open mine: a spec, a checkpoint, weights on this disk
    .short = open mine
key-watch-pause = pause or continue
    .short = pause
key-watch-later = go to the next layer that is worth a look
    .short = next
key-watch-earlier = go to the previous one
key-watch-rewind = play it from the beginning
    .short = again
key-watch-accept = open the network, to run this pass yourself
    .short = open
key-watch-back = end the film; so does every other key
    .short = end
key-search-palette = search the commands for it
    .short = commands
key-catalogue-start = show the start screen: watch, learn, open mine
