def adopt(parent, name, module):
    """Gives `parent` a module called `training`, where PyTorch keeps its mode."""

    class Adopting(type(parent)):
        def train(self, mode=True):
            self.__dict__["training"] = mode
            for child in self.children():
                child.train(mode)
            return self

    parent.__class__ = Adopting
    parent._modules[name] = module
