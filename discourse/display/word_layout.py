"""Places for the words of a network: each word is a box, and no box covers another or leaves the panel."""

import networkx as nx
import numpy as np

__all__ = ["height_of_rows", "place_words"]

_ROUNDS = 600
_CLOSE = 1e-9


def place_words(
    network: nx.Graph, sizes: np.ndarray, room: tuple[float, float], *, gap: float, seed: int
) -> np.ndarray:
    """Place the words of a network: springs between those that are linked, then boxes pushed apart.

    Parameters
    ----------
    network : Graph
        Words as nodes; their order is that of ``sizes``.
    sizes : ndarray of shape (n_words, 2)
        Width and height of the box of each word, in inches.
    room : (float, float)
        Width and height of the panel.
    gap : float
        Least distance between two boxes.
    seed : int
        Seed of the springs.

    Returns
    -------
    ndarray of shape (n_words, 2)
        The middle of each box. Where boxes cannot be pushed apart they stand in rows, in the order in which the
        springs left them; these fit where the panel is as high as ``height_of_rows`` says.
    """
    if not len(sizes):
        return np.zeros((0, 2))
    half, whole = sizes / 2, np.asarray(room, float)
    least, most = np.minimum(half, whole / 2), np.maximum(whole - half, whole / 2)
    at = _spring(network, seed)
    at = np.clip(least + at * (most - least), least, most)
    apart = half[:, None] + half[None] + gap
    pairs = np.triu(np.ones((len(at), len(at)), bool), 1)
    for _ in range(_ROUNDS):
        over = apart - np.abs(at[:, None] - at[None])
        covering = (over > _CLOSE).all(axis=2) & pairs
        if not covering.any():
            return at
        for one, other in np.argwhere(covering):
            over_now = apart[one, other] - np.abs(at[one] - at[other])
            if (over_now <= _CLOSE).any():
                continue
            axis = int(np.argmin(over_now / whole))
            direction = 1.0 if (at[one, axis], one) >= (at[other, axis], other) else -1.0
            step = direction * (over_now[axis] / 2 + 1e-6)
            at[one, axis] += step
            at[other, axis] -= step
            at[[one, other]] = np.clip(at[[one, other]], least[[one, other]], most[[one, other]])
    return _rows(at, sizes, whole, gap)


def height_of_rows(sizes: np.ndarray, width: float, gap: float) -> float:
    """Return the height that the boxes take in rows, whatever their order."""
    if not len(sizes):
        return 0.0
    full = max(width - float(sizes[:, 0].max()), width / 4)  # a row is at least so full before the next word breaks it
    n_rows = int(np.ceil((sizes[:, 0] + gap).sum() / full)) + 1
    return n_rows * (float(sizes[:, 1].max()) + gap)


def _spring(network: nx.Graph, seed: int) -> np.ndarray:
    """Return places between 0 and 1, whatever the order of the edges."""
    numbers = {node: number for number, node in enumerate(network.nodes)}
    plain = nx.Graph()
    plain.add_nodes_from(range(len(numbers)))
    plain.add_edges_from(sorted((min(numbers[a], numbers[b]), max(numbers[a], numbers[b])) for a, b in network.edges))
    if len(plain) == 1:
        return np.full((1, 2), 0.5)
    found = nx.spring_layout(plain, seed=seed, k=2.2 / np.sqrt(len(plain)), iterations=300)
    points = np.array([found[node] for node in plain])
    spread = np.ptp(points, axis=0)
    return np.where(spread > _CLOSE, (points - points.min(axis=0)) / np.maximum(spread, _CLOSE), 0.5)


def _rows(at: np.ndarray, sizes: np.ndarray, whole: np.ndarray, gap: float) -> np.ndarray:
    """Lay the boxes out in rows from the top, each row from left to right."""
    order = np.argsort(-at[:, 1], kind="stable")
    rows: list[list[int]] = [[]]
    wide = 0.0
    for place in order.tolist():
        if rows[-1] and wide + sizes[place, 0] > whole[0]:
            rows.append([])
            wide = 0.0
        rows[-1].append(place)
        wide += sizes[place, 0] + gap
    out, high = np.empty_like(at), float(sizes[:, 1].max())
    step = max(whole[1] / len(rows), high + gap)
    for number, row in enumerate(rows):
        row = sorted(row, key=lambda place: (at[place, 0], place))
        between = max((whole[0] - sizes[row, 0].sum()) / len(row), gap)
        across = between / 2
        for place in row:
            out[place] = across + sizes[place, 0] / 2, whole[1] - (number + 0.5) * step
            across += sizes[place, 0] + between
    return out
