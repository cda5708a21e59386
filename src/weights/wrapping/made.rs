//! Tensors that are made of others: parametrizations that PyTorch's hooks put in the place of a weight.

use crate::weights::fit::Named;
use crate::weights::source::{WeightError, WeightSource};
use ndarray::ArrayD;
use std::collections::{HashMap, HashSet};

/// The way to make a tensor of those in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Recipe {
    /// As it is in the file.
    As(Named),
    /// `weight_norm`: `g · v / ‖v‖`, the norm over every dimension in which `g` has one element.
    Scaled { g: Named, v: Named },
    /// `spectral_norm`: `w / uᵀ W v`, where W has the dimension of `u` as rows.
    Spectral { w: Named, u: Named, v: Named },
    /// `prune`: `w · mask`.
    Masked { w: Named, mask: Named },
}

/// A tensor under its name in a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) name: String,
    pub(super) shape: Vec<usize>,
    pub(super) recipe: Recipe,
}

/// The tensors of a file, where those that hooks have split are whole again; `bare` are their names without wrappers.
pub(super) fn whole(raw: &[Named], bare: Vec<Named>) -> Vec<Made> {
    let numbers: HashMap<&str, usize> = bare
        .iter()
        .enumerate()
        .map(|(number, (name, _))| (name.as_str(), number))
        .collect();
    let mut recipes: HashMap<usize, (String, Vec<usize>, Recipe)> = HashMap::new();
    let mut parts = HashSet::new();
    let mut names = HashSet::new();
    for (number, (name, _)) in bare.iter().enumerate() {
        let Some((whole, rest)) = split(name) else {
            continue;
        };
        if numbers.contains_key(whole.as_str()) || names.contains(&whole) {
            continue;
        }
        let part = |names: &[String]| -> Option<Vec<usize>> {
            names
                .iter()
                .map(|name| numbers.get(name.as_str()).copied())
                .collect()
        };
        let Some(others) = part(&rest.others(&whole)) else {
            continue;
        };
        let tensor = |number: usize| raw[number].clone();
        let Some(recipe) = rest.recipe(
            tensor(number),
            others.iter().map(|one| tensor(*one)).collect(),
        ) else {
            continue;
        };
        parts.extend(others);
        names.insert(whole.clone());
        let shape = recipe.shape().to_vec();
        recipes.insert(number, (whole, shape, recipe));
    }
    let mut made = Vec::new();
    for (number, (name, shape)) in bare.into_iter().enumerate() {
        if let Some((name, shape, recipe)) = recipes.remove(&number) {
            made.push(Made {
                name,
                shape,
                recipe,
            });
        } else if !parts.contains(&number) {
            made.push(Made {
                name,
                shape,
                recipe: Recipe::As(raw[number].clone()),
            });
        }
    }
    made
}

/// Hook, by the name of its first tensor.
#[derive(Debug, Clone, Copy)]
enum Hook {
    /// `torch.nn.utils.weight_norm`.
    WeightNorm,
    /// `torch.nn.utils.parametrizations.weight_norm`.
    WeightNormParametrized,
    /// `torch.nn.utils.spectral_norm` or `prune`: both keep `weight_orig`.
    Spectral,
    Pruned,
    /// `torch.nn.utils.parametrizations.spectral_norm`.
    SpectralParametrized,
}

/// The name of the whole tensor, and the hook that split it.
fn split(name: &str) -> Option<(String, Hook)> {
    if let Some((module, rest)) = name.rsplit_once(".parametrizations.") {
        let (parameter, rest) = rest.split_once('.')?;
        let hook = match rest {
            "original1" => Hook::WeightNormParametrized,
            "0._u" => Hook::SpectralParametrized,
            _ => return None,
        };
        return Some((format!("{module}.{parameter}"), hook));
    }
    if let Some(base) = name.strip_suffix("_v") {
        return Some((base.to_owned(), Hook::WeightNorm));
    }
    if let Some(base) = name.strip_suffix("_u") {
        return Some((base.to_owned(), Hook::Spectral));
    }
    let base = name.strip_suffix("_mask")?;
    Some((base.to_owned(), Hook::Pruned))
}

impl Hook {
    /// The other tensors that it needs.
    fn others(self, whole: &str) -> Vec<String> {
        let parametrized = |rest: &str| {
            let (module, parameter) = whole.rsplit_once('.').unwrap_or(("", whole));
            format!("{module}.parametrizations.{parameter}.{rest}")
        };
        match self {
            Self::WeightNorm => vec![format!("{whole}_g")],
            Self::WeightNormParametrized => vec![parametrized("original0")],
            Self::Spectral => vec![format!("{whole}_orig"), format!("{whole}_v")],
            Self::Pruned => vec![format!("{whole}_orig")],
            Self::SpectralParametrized => vec![parametrized("original"), parametrized("0._v")],
        }
    }

    /// Computation of the whole tensor; `None` if the shapes are not those of this hook.
    fn recipe(self, first: Named, mut others: Vec<Named>) -> Option<Recipe> {
        let last = others.pop()?;
        let recipe = match self {
            Self::WeightNorm | Self::WeightNormParametrized => Recipe::Scaled { g: last, v: first },
            Self::Pruned => Recipe::Masked {
                w: last,
                mask: first,
            },
            Self::Spectral | Self::SpectralParametrized => Recipe::Spectral {
                w: others.pop()?,
                u: first,
                v: last,
            },
        };
        recipe.is_possible().then_some(recipe)
    }
}

impl Recipe {
    /// The hook's name, where there is one.
    pub(super) fn hook(&self) -> Option<&'static str> {
        match self {
            Self::As(_) => None,
            Self::Scaled { .. } => Some("weight_norm"),
            Self::Spectral { .. } => Some("spectral_norm"),
            Self::Masked { .. } => Some("prune"),
        }
    }

    fn shape(&self) -> &[usize] {
        match self {
            Self::As(tensor) => &tensor.1,
            Self::Scaled { v, .. } => &v.1,
            Self::Spectral { w, .. } | Self::Masked { w, .. } => &w.1,
        }
    }

    /// The name in the file of the tensor that has the values.
    pub(super) fn first(&self) -> &str {
        match self {
            Self::As(tensor) => &tensor.0,
            Self::Scaled { v: w, .. } | Self::Spectral { w, .. } | Self::Masked { w, .. } => &w.0,
        }
    }

    fn is_possible(&self) -> bool {
        match self {
            Self::As(_) => true,
            Self::Scaled { g, v } => {
                let is_scalar = g.1.iter().all(|size| *size == 1);
                let kept = g.1.iter().zip(&v.1).filter(|(g, _)| **g != 1).count();
                let is_alike =
                    g.1.len() == v.1.len() && g.1.iter().zip(&v.1).all(|(g, v)| g == v || *g == 1);
                is_scalar || is_alike && kept == 1
            }
            Self::Masked { w, mask } => w.1 == mask.1,
            Self::Spectral { w, u, v } => rows(&w.1, &u.1, &v.1).is_some(),
        }
    }

    /// The tensor, of numbers that are rounded once.
    pub(super) fn make(&self, file: &dyn WeightSource) -> Result<ArrayD<f32>, WeightError> {
        let read = |tensor: &Named| file.tensor(&tensor.0, &tensor.1);
        Ok(match self {
            Self::As(tensor) => read(tensor)?,
            Self::Masked { w, mask } => read(w)? * read(mask)?,
            Self::Scaled { g, v } => scaled(&read(g)?, read(v)?),
            Self::Spectral { w, u, v } => {
                let rows = rows(&w.1, &u.1, &v.1).unwrap_or(0);
                spectral(read(w)?, &read(u)?, &read(v)?, rows)
            }
        })
    }
}

/// `g · v / ‖v‖`.
fn scaled(g: &ArrayD<f32>, mut v: ArrayD<f32>) -> ArrayD<f32> {
    let by = |axis: Option<usize>, index: &ndarray::IxDyn| axis.map_or(0, |axis| index[axis]);
    let axis = g.shape().iter().position(|size| *size != 1);
    let mut squares = vec![0.0_f64; g.len()];
    for (index, value) in v.indexed_iter() {
        squares[by(axis, &index)] += f64::from(*value).powi(2);
    }
    let scales: Vec<f64> = g
        .iter()
        .zip(&squares)
        .map(|(g, squares)| f64::from(*g) / squares.sqrt())
        .collect();
    for (index, value) in v.indexed_iter_mut() {
        *value = (f64::from(*value) * scales[by(axis, &index)]) as f32;
    }
    v
}

/// The dimension of which `u` has an element for each index, where `v` has one for each of the others.
fn rows(w: &[usize], u: &[usize], v: &[usize]) -> Option<usize> {
    let ([u], [v]) = (u, v) else { return None };
    let all = w
        .iter()
        .try_fold(1_usize, |all, size| all.checked_mul(*size))?;
    (0..w.len()).find(|row| w[*row] == *u && u.checked_mul(*v) == Some(all))
}

/// `w / σ`, where σ = uᵀ W v is what the power iteration came to when it was saved.
fn spectral(mut w: ArrayD<f32>, u: &ArrayD<f32>, v: &ArrayD<f32>, rows: usize) -> ArrayD<f32> {
    let mut order: Vec<usize> = vec![rows];
    order.extend((0..w.ndim()).filter(|axis| *axis != rows));
    let matrix = w.view().permuted_axes(order);
    let factors = u.iter().flat_map(|u| {
        let row = v.iter().map(|v| f64::from(*u) * f64::from(*v));
        row.collect::<Vec<_>>()
    });
    let products = matrix.iter().zip(factors);
    let sigma: f64 = products
        .map(|(value, factor)| f64::from(*value) * factor)
        .sum();
    w.mapv_inplace(|value| (f64::from(value) / sigma) as f32);
    w
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these numbers are exact in binary")]
mod tests {
    use super::*;
    use ndarray::{arr1, arr2};

    #[test]
    fn hooks_are_known_by_their_tensors() {
        let raw: Vec<Named> = [
            ("a.weight_g", vec![2, 1]),
            ("a.weight_v", vec![2, 3]),
            ("b.parametrizations.weight.original0", vec![2, 1]),
            ("b.parametrizations.weight.original1", vec![2, 3]),
            ("c.weight_orig", vec![2, 3]),
            ("c.weight_u", vec![2]),
            ("c.weight_v", vec![3]),
            ("d.weight_orig", vec![2, 3]),
            ("d.weight_mask", vec![2, 3]),
            ("e.parametrizations.weight.original", vec![2, 3]),
            ("e.parametrizations.weight.0._u", vec![2]),
            ("e.parametrizations.weight.0._v", vec![3]),
            ("f.bias_g", vec![4]),
            ("e.bias", vec![2]),
        ]
        .map(|(name, shape)| (name.to_owned(), shape))
        .to_vec();
        let made = whole(&raw, raw.clone());
        let notice: Vec<_> = made
            .iter()
            .map(|made| (made.name.as_str(), made.recipe.hook(), made.shape.len()))
            .collect();
        assert_eq!(
            notice,
            [
                ("a.weight", Some("weight_norm"), 2),
                ("b.weight", Some("weight_norm"), 2),
                ("c.weight", Some("spectral_norm"), 2),
                ("d.weight", Some("prune"), 2),
                ("e.weight", Some("spectral_norm"), 2),
                ("f.bias_g", None, 1),
                ("e.bias", None, 1),
            ]
        );
    }

    #[test]
    fn the_formulas_by_hand() {
        let v = arr2(&[[3.0, 4.0], [0.0, 2.0]]).into_dyn();
        let g = arr2(&[[10.0], [1.0]]).into_dyn();
        let expected = arr2(&[[6.0, 8.0], [0.0, 1.0]]).into_dyn();
        assert_eq!(scaled(&g, v.clone()), expected);
        // σ = (1, 0) W (0, 1)ᵀ = 4.
        let (u, right) = (arr1(&[1.0, 0.0]).into_dyn(), arr1(&[0.0, 1.0]).into_dyn());
        let expected = arr2(&[[0.75, 1.0], [0.0, 0.5]]).into_dyn();
        assert_eq!(spectral(v.clone(), &u, &right, 0), expected);
        // The other way round the matrix is turned: σ = 0.
        assert!(spectral(v, &u, &right, 1)[[0, 0]].is_infinite());
    }
}
