"""More PyTorch builds, of residual networks that people train and neither timm nor torchvision carries.

Part of the source `classic` (classic.py adds MODELS). Module names are those of the checkpoints people have:
kuangliu's CIFAR nets say `shortcut` and `linear`, insightface's `prelu` and `features`, Keras' its own layer names.
Written from the papers and from the public repositories' documented structure; each class names its source.
"""
import torch
from torch import nn
from torch.nn import functional as F


def conv(cin, cout, k, stride=1, bias=False, groups=1):
    return nn.Conv2d(cin, cout, k, stride, k // 2, groups=groups, bias=bias)


class Plain(nn.Module):
    """The plain baselines of He et al. 2015 (Figure 3, Figure 6): two 3x3 with BN and ReLU, nothing added."""

    def __init__(self, cin, width, stride):
        super().__init__()
        self.conv1, self.bn1 = conv(cin, width, 3, stride), nn.BatchNorm2d(width)
        self.relu = nn.ReLU()
        self.conv2, self.bn2 = conv(width, width, 3), nn.BatchNorm2d(width)

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x))))))


class Kuangliu(nn.Module):
    """kuangliu/pytorch-cifar: torchvision's blocks, shortcut named `shortcut`, an empty Sequential where it is the identity."""

    def __init__(self, cin, width, stride, expansion, pre=False):
        super().__init__()
        out, self.pre = width * expansion, pre
        if expansion == 1:
            shapes = [(cin, width, 3, stride), (width, width, 3, 1)]
        else:
            shapes = [(cin, width, 1, 1), (width, width, 3, stride), (width, out, 1, 1)]
        for i, (a, b, k, s) in enumerate(shapes, 1):
            setattr(self, f"conv{i}", conv(a, b, k, s))
            setattr(self, f"bn{i}", nn.BatchNorm2d(a if pre else b))
        self.convs = len(shapes)
        changed = stride != 1 or cin != out
        projection = [conv(cin, out, 1, stride)] + ([] if pre else [nn.BatchNorm2d(out)])
        self.shortcut = nn.Sequential(*projection) if changed else nn.Sequential()

    def forward(self, x):
        if self.pre:
            a = F.relu(self.bn1(x))
            y = self.conv1(a)
            for i in range(2, self.convs + 1):
                y = getattr(self, f"conv{i}")(F.relu(getattr(self, f"bn{i}")(y)))
            return y + (self.shortcut(a) if len(self.shortcut) else x)
        y = x
        for i in range(1, self.convs + 1):
            y = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(y))
            y = F.relu(y) if i < self.convs else y
        return F.relu(y + self.shortcut(x))


class Stages(nn.Module):
    """Stem, stages of blocks, global pool, linear layer."""

    def __init__(self, blocks, widths, block, expansion, stem, classes, head="fc", pre_head=False):
        super().__init__()
        cin = widths[0] if stem != "imagenet" else 64
        self.imagenet, self.head, self.stages, self.pre_head = stem == "imagenet", head, len(blocks), pre_head
        self.conv1 = nn.Conv2d(3, cin, 7, 2, 3, bias=False) if self.imagenet else conv(3, cin, 3)
        if stem != "bare":
            self.bn1 = nn.BatchNorm2d(cin)
        self.stem = stem
        self.relu = nn.ReLU()
        if self.imagenet:
            self.maxpool = nn.MaxPool2d(3, 2, 1)
        for i, (n, width) in enumerate(zip(blocks, widths, strict=True)):
            made = []
            for j in range(n):
                made.append(block(cin, width, 2 if i and not j else 1))
                cin = width * expansion
            setattr(self, f"layer{i + 1}", nn.Sequential(*made))
        setattr(self, head, nn.Linear(cin, classes))

    def forward(self, x):
        x = self.conv1(x)
        if self.stem != "bare":
            x = self.relu(self.bn1(x))
        if self.imagenet:
            x = self.maxpool(x)
        for i in range(self.stages):
            x = getattr(self, f"layer{i + 1}")(x)
        return getattr(self, self.head)(F.adaptive_avg_pool2d(x, 1).flatten(1))


class IBlock(nn.Module):
    """insightface's iresnet (ArcFace, Deng et al. 2019): BN first, PReLU, stride in the second 3x3, nothing after the addition."""

    def __init__(self, cin, width, stride):
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(cin), conv(cin, width, 3)
        self.bn2, self.prelu = nn.BatchNorm2d(width), nn.PReLU(width)
        self.conv2, self.bn3 = conv(width, width, 3, stride), nn.BatchNorm2d(width)
        self.downsample = (
            nn.Sequential(conv(cin, width, 1, stride), nn.BatchNorm2d(width)) if stride != 1 or cin != width else None
        )

    def forward(self, x):
        y = self.bn3(self.conv2(self.prelu(self.bn2(self.conv1(self.bn1(x))))))
        return y + (x if self.downsample is None else self.downsample(x))


class IResNet(nn.Module):
    def __init__(self, blocks):
        super().__init__()
        self.conv1, self.bn1, self.prelu = conv(3, 64, 3), nn.BatchNorm2d(64), nn.PReLU(64)
        cin = 64
        for i, (n, width) in enumerate(zip(blocks, (64, 128, 256, 512), strict=True), 1):
            made = []
            for j in range(n):
                made.append(IBlock(cin, width, 1 if j else 2))
                cin = width
            setattr(self, f"layer{i}", nn.Sequential(*made))
        self.bn2, self.dropout = nn.BatchNorm2d(512), nn.Dropout(0.0)
        self.fc, self.features = nn.Linear(512 * 7 * 7, 512), nn.BatchNorm1d(512)

    def forward(self, x):
        x = self.prelu(self.bn1(self.conv1(x)))
        for i in range(1, 5):
            x = getattr(self, f"layer{i}")(x)
        return self.features(self.fc(self.dropout(torch.flatten(self.bn2(x), 1))))


class Fixup(nn.Module):
    """Fixup (Zhang, Dauphin, Ma 2019): no normalisation; scalar biases before each convolution and activation, one scalar scale a block."""

    def __init__(self, cin, width, stride, expansion):
        super().__init__()
        out = width * expansion
        if expansion == 1:
            shapes = [(cin, width, 3, stride), (width, width, 3, 1)]
        else:
            shapes = [(cin, width, 1, 1), (width, width, 3, stride), (width, out, 1, 1)]
        self.convs = len(shapes)
        for i, (a, b, k, s) in enumerate(shapes, 1):
            setattr(self, f"bias{i}a", nn.Parameter(torch.zeros(1)))
            setattr(self, f"conv{i}", conv(a, b, k, s))
            setattr(self, f"bias{i}b", nn.Parameter(torch.zeros(1)))
        self.scale = nn.Parameter(torch.ones(1))
        self.downsample = conv(cin, out, 1, stride) if stride != 1 or cin != out else None

    def forward(self, x):
        y = x
        for i in range(1, self.convs + 1):
            y = getattr(self, f"conv{i}")(y + getattr(self, f"bias{i}a"))
            last = i == self.convs
            y = (y * self.scale if last else y) + getattr(self, f"bias{i}b")
            y = y if last else F.relu(y)
        return F.relu(y + (x if self.downsample is None else self.downsample(x + self.bias1a)))


class FixupResNet(nn.Module):
    def __init__(self, blocks, expansion):
        super().__init__()
        self.conv1, self.bias1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.Parameter(torch.zeros(1))
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        cin = 64
        for i, (n, width) in enumerate(zip(blocks, (64, 128, 256, 512), strict=True), 1):
            made = []
            for j in range(n):
                made.append(Fixup(cin, width, 2 if i > 1 and not j else 1, expansion))
                cin = width * expansion
            setattr(self, f"layer{i}", nn.Sequential(*made))
        self.bias2, self.fc = nn.Parameter(torch.zeros(1)), nn.Linear(cin, 1000)

    def forward(self, x):
        x = self.maxpool(F.relu(self.conv1(x) + self.bias1))
        for i in range(1, 5):
            x = getattr(self, f"layer{i}")(x)
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1) + self.bias2)


class IBN(nn.Module):
    """Instance-batch normalisation (Pan et al. 2018), kind a: the first half of the channels by instance, the rest by batch."""

    def __init__(self, channels):
        super().__init__()
        self.half = channels // 2
        self.IN, self.BN = nn.InstanceNorm2d(self.half, affine=True), nn.BatchNorm2d(channels - self.half)

    def forward(self, x):
        a, b = torch.split(x, (self.half, x.shape[1] - self.half), 1)
        return torch.cat((self.IN(a.contiguous()), self.BN(b.contiguous())), 1)


class IbnBlock(nn.Module):
    def __init__(self, cin, width, stride, expansion, kind):
        super().__init__()
        out = width * expansion
        if expansion == 1:
            shapes = [(cin, width, 3, stride), (width, width, 3, 1)]
        else:
            shapes = [(cin, width, 1, 1), (width, width, 3, stride), (width, out, 1, 1)]
        self.convs = len(shapes)
        for i, (a, b, k, s) in enumerate(shapes, 1):
            setattr(self, f"conv{i}", conv(a, b, k, s))
            setattr(self, f"bn{i}", IBN(b) if i == 1 and kind == "a" else nn.BatchNorm2d(b))
        self.IN = nn.InstanceNorm2d(out, affine=True) if kind == "b" else None
        self.relu = nn.ReLU()
        changed = stride != 1 or cin != out
        self.downsample = nn.Sequential(conv(cin, out, 1, stride), nn.BatchNorm2d(out)) if changed else None

    def forward(self, x):
        y = x
        for i in range(1, self.convs + 1):
            y = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(y))
            y = F.relu(y) if i < self.convs else y
        y = y + (x if self.downsample is None else self.downsample(x))
        return self.relu(y if self.IN is None else self.IN(y))


class IbnNet(nn.Module):
    def __init__(self, blocks, expansion, kinds):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.InstanceNorm2d(64, affine=True) if kinds[0] == "b" else nn.BatchNorm2d(64)
        self.relu, self.maxpool = nn.ReLU(), nn.MaxPool2d(3, 2, 1)
        cin = 64
        for i, (n, width, kind) in enumerate(zip(blocks, (64, 128, 256, 512), kinds, strict=True), 1):
            made = []
            for j in range(n):
                own = kind if kind != "b" or j == n - 1 else None
                made.append(IbnBlock(cin, width, 2 if i > 1 and not j else 1, expansion, own))
                cin = width * expansion
            setattr(self, f"layer{i}", nn.Sequential(*made))
        self.fc = nn.Linear(cin, 1000)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        for i in range(1, 5):
            x = getattr(self, f"layer{i}")(x)
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))


class Pyramid(nn.Module):
    """PyramidNet (Han, Kim, Kim 2017): every block a little wider; the shortcut is padded with zeros at the end, after a 2x2 average pool where the map shrinks."""

    def __init__(self, cin, width, stride, expansion):
        super().__init__()
        self.out = width * expansion
        if expansion == 1:
            shapes = [(cin, width, 3, stride), (width, width, 3, 1)]
        else:
            shapes = [(cin, width, 1, 1), (width, width, 3, stride), (width, self.out, 1, 1)]
        self.convs = len(shapes)
        for i, (a, b, k, s) in enumerate(shapes, 1):
            setattr(self, f"bn{i}", nn.BatchNorm2d(a))
            setattr(self, f"conv{i}", conv(a, b, k, s))
        setattr(self, f"bn{self.convs + 1}", nn.BatchNorm2d(self.out))
        self.downsample = nn.AvgPool2d(2, 2) if stride != 1 else None

    def forward(self, x):
        y = self.conv1(self.bn1(x))
        for i in range(2, self.convs + 1):
            y = getattr(self, f"conv{i}")(F.relu(getattr(self, f"bn{i}")(y)))
        y = getattr(self, f"bn{self.convs + 1}")(y)
        s = x if self.downsample is None else self.downsample(x)
        return y + F.pad(s, (0, 0, 0, 0, 0, self.out - s.shape[1]))


class PyramidNet(nn.Module):
    def __init__(self, depth, alpha, bottleneck):
        super().__init__()
        per, expansion = (depth - 2) // (9 if bottleneck else 6), 4 if bottleneck else 1
        self.conv1, self.bn1 = conv(3, 16, 3), nn.BatchNorm2d(16)
        cin, width = 16, 16.0
        for i in range(1, 4):
            made = []
            for j in range(per):
                width += alpha / (3 * per)
                made.append(Pyramid(cin, round(width), 2 if i > 1 and not j else 1, expansion))
                cin = round(width) * expansion
            setattr(self, f"layer{i}", nn.Sequential(*made))
        self.bn_final, self.fc = nn.BatchNorm2d(cin), nn.Linear(cin, 10)

    def forward(self, x):
        x = self.bn1(self.conv1(x))
        for i in range(1, 4):
            x = getattr(self, f"layer{i}")(x)
        return self.fc(F.adaptive_avg_pool2d(F.relu(self.bn_final(x)), 1).flatten(1))


class Speaker(nn.Module):
    """ResNet-34 of speaker recognition (x-vectors; wespeaker): 80 mel bins x frames, mean and standard deviation over time, an embedding of 256."""

    def __init__(self, blocks, width=32, bins=80, embedding=256):
        super().__init__()
        self.conv1, self.bn1 = conv(1, width, 3), nn.BatchNorm2d(width)
        cin = width
        for i, n in enumerate(blocks):
            made = []
            for j in range(n):
                made.append(Kuangliu(cin, width << i, 2 if i and not j else 1, 1))
                cin = width << i
            setattr(self, f"layer{i + 1}", nn.Sequential(*made))
        self.seg_1 = nn.Linear(2 * cin * (bins // 8), embedding)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        for i in range(1, 5):
            x = getattr(self, f"layer{i}")(x)
        mean = x.mean(-1).flatten(1)
        deviation = torch.sqrt(x.var(-1, unbiased=True) + 1e-7).flatten(1)
        return self.seg_1(torch.cat((mean, deviation), 1))


class KerasV2Block(nn.Module):
    """keras.applications' ResNet V2: pre-activation, stride in the *last* block of a stage, a max-pool of one pixel as its shortcut."""

    def __init__(self, cin, width, stride, projection):
        super().__init__()
        self.preact_bn = nn.BatchNorm2d(cin, eps=1.001e-5)
        self.shortcut = nn.Conv2d(cin, 4 * width, 1, stride) if projection else None
        self.pool = nn.MaxPool2d(1, stride) if stride > 1 and not projection else None
        setattr(self, "1_conv", nn.Conv2d(cin, width, 1, bias=False))
        setattr(self, "1_bn", nn.BatchNorm2d(width, eps=1.001e-5))
        setattr(self, "2_conv", nn.Conv2d(width, width, 3, stride, 1, bias=False))
        setattr(self, "2_bn", nn.BatchNorm2d(width, eps=1.001e-5))
        setattr(self, "3_conv", nn.Conv2d(width, 4 * width, 1))

    def forward(self, x):
        a = F.relu(self.preact_bn(x))
        s = self.shortcut(a) if self.shortcut is not None else x if self.pool is None else self.pool(x)
        y = F.relu(getattr(self, "1_bn")(getattr(self, "1_conv")(a)))
        y = F.relu(getattr(self, "2_bn")(getattr(self, "2_conv")(y)))
        return s + getattr(self, "3_conv")(y)


class KerasV2(nn.Module):
    def __init__(self, blocks):
        super().__init__()
        self.conv1_conv, self.pool1_pool = nn.Conv2d(3, 64, 7, 2, 3), nn.MaxPool2d(3, 2, 1)
        cin = 64
        for i, (n, width) in enumerate(zip(blocks, (64, 128, 256, 512), strict=True), 2):
            made = []
            for j in range(n):
                made.append(KerasV2Block(cin, width, 2 if j == n - 1 and i < 5 else 1, j == 0))
                cin = 4 * width
            setattr(self, f"conv{i}", nn.Sequential(*made))
        self.post_bn, self.predictions = nn.BatchNorm2d(cin, eps=1.001e-5), nn.Linear(cin, 1000)

    def forward(self, x):
        # Keras pads the stem's map with zeros before the pool; after a convolution with bias a value can be negative, so zero can win.
        x = F.max_pool2d(F.pad(self.conv1_conv(x), (1, 1, 1, 1)), 3, 2)
        for i in range(2, 6):
            x = getattr(self, f"conv{i}")(x)
        return self.predictions(F.adaptive_avg_pool2d(F.relu(self.post_bn(x)), 1).flatten(1))


DEPTHS = {18: (1, (2, 2, 2, 2)), 34: (1, (3, 4, 6, 3)), 50: (4, (3, 4, 6, 3)), 101: (4, (3, 4, 23, 3)), 152: (4, (3, 8, 36, 3))}
WIDTHS = (64, 128, 256, 512)


def kuangliu(depth, pre=False):
    expansion, blocks = DEPTHS[depth]
    make = lambda a, b, c: Kuangliu(a, b, c, expansion, pre)
    return lambda: Stages(blocks, WIDTHS, make, expansion, "bare" if pre else "cifar", 10, "linear")


def plain(depth):
    if depth in DEPTHS:
        return lambda: Stages(DEPTHS[depth][1], WIDTHS, Plain, 1, "imagenet", 1000)
    return lambda: Stages([(depth - 2) // 6] * 3, (16, 32, 64), Plain, 1, "cifar", 10)


MODELS = {
    **{f"plain{d}": (plain(d), (3, 224, 224)) for d in (18, 34)},
    **{f"plain{d}_cifar": (plain(d), (3, 32, 32)) for d in (20, 32, 44, 56, 110)},
    **{f"kuangliu_resnet{d}": (kuangliu(d), (3, 32, 32)) for d in DEPTHS},
    **{f"kuangliu_preact_resnet{d}": (kuangliu(d, True), (3, 32, 32)) for d in (18, 50)},
    **{
        f"iresnet{d}": ((lambda b: lambda: IResNet(b))(b), (3, 112, 112))
        for d, b in {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 14, 3), 100: (3, 13, 30, 3), 200: (6, 26, 60, 6)}.items()
    },
    **{f"fixup_resnet{d}": ((lambda e, b: lambda: FixupResNet(b, e))(e, b), (3, 224, 224)) for d, (e, b) in DEPTHS.items()},
    **{f"resnet{d}_ibn_a": ((lambda e, b: lambda: IbnNet(b, e, ("a", "a", "a", None)))(e, b), (3, 224, 224)) for d, (e, b) in DEPTHS.items()},
    **{f"resnet{d}_ibn_b": ((lambda e, b: lambda: IbnNet(b, e, ("b", "b", None, None)))(e, b), (3, 224, 224)) for d, (e, b) in DEPTHS.items() if d < 152},
    **{
        f"pyramidnet{d}_a{a}": ((lambda d, a, k: lambda: PyramidNet(d, a, k))(d, a, k), (3, 32, 32))
        for d, a, k in ((110, 48, False), (110, 84, False), (110, 270, False), (164, 270, True), (272, 200, True))
    },
    **{f"speaker_resnet{d}": ((lambda b: lambda: Speaker(b))(b), (1, 80, 200)) for d, b in {18: (2, 2, 2, 2), 34: (3, 4, 6, 3)}.items()},
    **{f"keras_resnet{d}v2": ((lambda b: lambda: KerasV2(b))(DEPTHS[d][1]), (3, 224, 224)) for d in (50, 101, 152)},
}
