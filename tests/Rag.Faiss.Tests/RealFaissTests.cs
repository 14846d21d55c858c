using System.Diagnostics;

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
            await RunAsync(Common + """
                for name, index in made():
                    faiss.write_index(index, f'{folder}/{name}.theirs')
                """, folder.FullName);
            var files = folder.GetFiles("*.theirs");
            Assert.Equal(8, files.Length);
            foreach (var file in files)
            {
                await using var theirs = file.OpenRead();
                await using var ours = File.Create(Path.ChangeExtension(file.FullName, ".ours"));
                await FaissFile.WriteAsync(await FaissFile.ReadAsync(theirs), ours);
            }

            var differences = await RunAsync(Common + """
                for name, index in made():
                    ours = faiss.read_index(f'{folder}/{name}.ours')
                    same = [np.array_equal(a, b) for a, b in zip(index.search(queries, 10), ours.search(queries, 10))]
                    if not all(same) or ours.ntotal != index.ntotal: print(name, same)
                """, folder.FullName);

            Assert.Equal("", differences);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // 10,000 vectors of 64 numbers, 1,000 queries; made twice in the same way, so that what FAISS reads back is compared with what it never wrote
    private const string Common = """
        import sys, faiss, numpy as np
        faiss.omp_set_num_threads(1)
        folder = sys.argv[1]
        rng = np.random.default_rng(5)
        vectors, queries = rng.normal(size=(10000, 64)).astype('float32'), rng.normal(size=(1000, 64)).astype('float32')
        def made():
            for metric in (faiss.METRIC_L2, faiss.METRIC_INNER_PRODUCT):
                flat = faiss.IndexFlat(64, metric); flat.add(vectors); yield f'flat-{metric}', flat
                ivf = faiss.IndexIVFFlat(faiss.IndexFlat(64, metric), 64, 50, metric); ivf.train(vectors); ivf.add_with_ids(vectors, np.arange(10000) * 3); ivf.nprobe = 8; yield f'ivf-{metric}', ivf
                hnsw = faiss.IndexHNSWFlat(64, 16, metric); hnsw.add(vectors); yield f'hnsw-{metric}', hnsw
                ids = faiss.IndexIDMap2(faiss.IndexFlat(64, metric)); ids.add_with_ids(vectors, np.arange(10000) + 7); yield f'ids-{metric}', ids

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
