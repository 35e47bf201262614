"""What others would make of the same items, each at the threshold that is best on the very set: what grouping is
measured beside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.cluster import HDBSCAN
from sklearn.feature_extraction.text import TfidfVectorizer

from eval.labelled import b_cubed
from storydesk.group import Traits
from storydesk.model import Item

__all__ = ["measure"]

HEAD = 600
"""Code points of the text beside the title."""

THRESHOLDS = np.arange(0.02, 1.2, 0.02)
Array = NDArray[np.float64]


def measure(items: Sequence[Item], gold: Sequence[str], traits: Sequence[Traits]) -> list[tuple[str, float]]:
    """B³ F1 of each peer by its name. All see all items at once, which an online grouper does not."""
    words = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    heads = words.fit_transform([f"{item.title}\n{item.text[:HEAD]}" for item in items])
    wholes = words.fit_transform([f"{item.title}\n{item.text}" for item in items])
    meanings = _vectors(traits)
    cosines = {
        "TF-IDF of title and lead": (heads @ heads.T).toarray(),
        "TF-IDF of the whole text": (wholes @ wholes.T).toarray(),
        "the vectors alone": meanings @ meanings.T,
    }
    figures = [(f"{name}, average link", average_link(cosine, gold)) for name, cosine in cosines.items()]
    heads_and_meanings = ("TF-IDF of title and lead", "the vectors alone")
    return figures + [(f"{name}, HDBSCAN", hdbscan(_apart(cosines[name]), gold)) for name in heads_and_meanings]


def average_link(cosines: Array, gold: Sequence[str]) -> float:
    """Agglomerative clustering: at each step the two clusters whose members are closest on average."""
    tree = linkage(squareform(_apart(cosines), checks=False), "average")
    return max(_f1(gold, fcluster(tree, threshold, "distance")) for threshold in THRESHOLDS)


def hdbscan(apart: Array, gold: Sequence[str]) -> float:
    """Density clustering (Campello, Moulavi and Sander, 2013), by which topic models group news; an item in no cluster
    stands alone."""
    best = 0.0
    for method, samples in product(("leaf", "eom"), (1, 2, 3)):
        density = HDBSCAN(
            min_cluster_size=2, min_samples=samples, cluster_selection_method=method, metric="precomputed", copy=True
        )
        labels = density.fit_predict(apart)
        best = max(best, _f1(gold, np.where(labels < 0, -1 - np.arange(len(labels)), labels)))
    return best


def _apart(cosines: Array) -> Array:
    apart = np.clip(1 - cosines, 0, 2)
    np.fill_diagonal(apart, 0)
    return (apart + apart.T) / 2


def _f1(gold: Sequence[str], labels: NDArray[np.int64]) -> float:
    return b_cubed(gold, [str(label) for label in labels])[2]


def _vectors(traits: Sequence[Traits]) -> Array:
    """One row an item, of length one; nothing where there was nothing to encode."""
    width = max(len(one.vector) for one in traits) // 2
    rows = [np.frombuffer(one.vector, dtype="<f2") if one.vector else np.zeros(width) for one in traits]
    return np.vstack(rows).astype(np.float64)
