using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rag.Faiss.Tests;

/// <summary>FAISS itself says whether a file that went through ours is the same index. Needs Debian's python3-faiss.</summary>
public sealed class RealFaissTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task Every_kind_keeps_its_vectors_and_its_neighbours()
    {
        Assert.SkipUnless(File.Exists(Python) && await RunAsync("import faiss") == "", "Needs python3-faiss.");
        var folder = Directory.CreateTempSubdirectory("rag-faiss-");
        try
        {
            Assert.Equal("", await RunAsync(Make, folder.FullName));
            var vectors = await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "vectors"));
            var files = folder.GetFiles("*.theirs");
            Assert.Equal(18, files.Length);
            foreach (var file in files)
            {
                await using var theirs = file.OpenRead();
                var index = await FaissFile.ReadAsync(theirs);
                var path = Path.ChangeExtension(file.FullName, ".ours");
                await using (var ours = File.Create(path))
                {
                    await FaissFile.WriteAsync(index, ours);
                }

                var read = index.Rows().SelectMany(r => MemoryMarshal.AsBytes(r.Vector.Span).ToArray()).ToArray();
                Assert.True(vectors.SequenceEqual(read), $"{file.Name}: the vectors are not those that were added.");
                var (before, after) = (await File.ReadAllBytesAsync(file.FullName), await File.ReadAllBytesAsync(path));
                Assert.True(before.SequenceEqual(after), $"{file.Name}: FAISS wrote other bytes.");
            }

            var differences = await RunAsync(Compare, folder.FullName);

            Assert.Equal("", differences);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // 10,000 vectors of 64 numbers, 1,000 queries
    private const string Make = """
        import sys, faiss, numpy as np
        faiss.omp_set_num_threads(1)
        rng = np.random.default_rng(5)
        vectors, queries = rng.normal(size=(10000, 64)).astype('float32'), rng.normal(size=(1000, 64)).astype('float32')
        vectors.tofile(f'{sys.argv[1]}/vectors')
        np.save(f'{sys.argv[1]}/queries.npy', queries)
        for metric in faiss.METRIC_L2, faiss.METRIC_INNER_PRODUCT:
            for kind in 'Flat', 'IVF50,Flat', 'HNSW16':
                base = faiss.index_factory(64, kind, metric)
                base.train(vectors)
                base.add(vectors)
                if 'IVF' in kind: base.nprobe = 8
                for Map in None, faiss.IndexIDMap, faiss.IndexIDMap2:
                    index = base
                    if Map: # put over what is built already, for building takes most of the time
                        index = Map(faiss.IndexFlat(64, metric))
                        index.index, index.ntotal = base, base.ntotal
                        faiss.copy_array_to_vector(np.arange(10000) * 3 + 7, index.id_map)
                    path = f'{sys.argv[1]}/{type(index).__name__}-{kind}-{metric}'
                    faiss.write_index(index, path + '.theirs')
                    np.savez(path + '.npz', *index.search(queries, 10))
        """;

    private const string Compare = """
        import sys, glob, faiss, numpy as np
        faiss.omp_set_num_threads(1)
        queries = np.load(f'{sys.argv[1]}/queries.npy')
        for path in glob.glob(f'{sys.argv[1]}/*.ours'):
            found = np.load(path[:-5] + '.npz')
            same = [np.array_equal(found[f'arr_{i}'], a) for i, a in enumerate(faiss.read_index(path).search(queries, 10))]
            if not all(same): print(path, same)
        """;

    private static async Task<string> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", script, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : await errors;
    }
}
