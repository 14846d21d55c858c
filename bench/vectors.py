#!/usr/bin/env python3
"""hnswlib and faiss on the vectors that Rag.Quality -- vectors measures, one thread.
vectors.py FOLDER [QUERIES]   FOLDER has base.f32 and queries.f32 (rows of 384 floats, unit length)
vectors.py make FOLDER COUNT  writes them: 1000 centres and noise in a subspace of 64 dimensions, a little noise in all, unit length; needs numpy only
Needs python3-hnswlib and python3-faiss. Seconds are of the processor, so that a busy machine spoils them less.
"""
import sys, time
import numpy as np

DIM, TOP, ROUNDS = 384, 10, 5
if sys.argv[1] == "make":
    rng = np.random.default_rng(11)
    basis, centres = (rng.standard_normal((64, DIM)) / 8).astype("f4"), rng.standard_normal((1000, 64)).astype("f4")
    for name, count in (("base", int(sys.argv[3])), ("queries", 1000)):
        with open("%s/%s.f32" % (sys.argv[2], name), "wb") as f:
            for start in range(0, count, 10_000):
                n = min(10_000, count - start)
                z = centres[rng.integers(0, 1000, n)] + 0.7 * rng.standard_normal((n, 64)).astype("f4")
                x = z @ basis + 0.1 * rng.standard_normal((n, DIM)).astype("f4")
                f.write((x / np.linalg.norm(x, axis=1, keepdims=True)).astype("<f4").tobytes())
    sys.exit()

folder, nq = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200
base = np.fromfile(folder + "/base.f32", dtype="<f4").reshape(-1, DIM)
queries = np.fromfile(folder + "/queries.f32", dtype="<f4").reshape(-1, DIM)[:nq].copy()

import faiss
faiss.omp_set_num_threads(1)

def seconds(action):
    start = time.process_time()
    result = action()
    return time.process_time() - start, result

flat = faiss.IndexFlatIP(DIM)
flat.add(base)
one = min(seconds(lambda: [flat.search(q[None], TOP) for q in queries[:20]])[0] for _ in range(ROUNDS)) / 20
scores, truth = flat.search(queries, TOP)
print("%d x %d; faiss %s exact: %.2f ms a query" % (len(base), DIM, faiss.__version__, one * 1e3), flush=True)

def recall(found):
    return np.mean([(base[f] @ q >= s[-1] - 1e-6).sum() / TOP for f, q, s in zip(found, queries, scores)])

def report(name, built, search):
    print("%s: built in %.1f s" % (name, built), flush=True)
    for ef in (10, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384):
        found = search(ef, queries)
        best = min(seconds(lambda: [search(ef, q[None]) for q in queries])[0] for _ in range(ROUNDS)) / len(queries)
        r = recall(found)
        print("  ef %d: recall@10 %.4f, %.3f ms, %.0f queries/s" % (ef, r, best * 1e3, 1 / best), flush=True)
        if r >= 0.999:
            break

import hnswlib
for m, efc in ((16, 128),):
    index = hnswlib.Index(space="ip", dim=DIM)
    index.init_index(max_elements=len(base), ef_construction=efc, M=m, random_seed=1)
    index.set_num_threads(1)
    built, _ = seconds(lambda: index.add_items(base, num_threads=1))
    def search(ef, q):
        index.set_ef(max(ef, TOP))
        return index.knn_query(q, k=TOP, num_threads=1)[0]
    report("hnswlib M %d efConstruction %d" % (m, efc), built, search)
    del index

graph = faiss.IndexHNSWFlat(DIM, 16, faiss.METRIC_INNER_PRODUCT)
graph.hnsw.efConstruction = 128
built, _ = seconds(lambda: graph.add(base))
def search_faiss(ef, q):
    graph.hnsw.efSearch = ef
    return graph.search(q, TOP)[1]
report("faiss HNSW M 16 efConstruction 128", built, search_faiss)
