using System.Globalization;
using Microsoft.Data.Sqlite;
using Rag.Indexing;
using Rag.Indexing.Feedback;

namespace Rag.Quality;

/// <summary>Keyword indexing and search beside SQLite's FTS5, by turns in one process on one thread.</summary>
/// <remarks>All times are processor time of the process, so that whatever else the machine does matters little.</remarks>
internal static class KeywordSpeed
{
    private const int SmallSet = 5_183; // as many documents as SciFact has, of about as many words
    private const int SmallWords = 200;
    private const int LargeWords = 80;
    private const int Batch = 10_000;
    private const int IndexRounds = 5;
    private const int SearchRounds = 3;

    private static TimeSpan Now => Environment.CpuUsage.TotalTime;

    /// <summary>Without a count a set of SciFact's size, else as many passages of 80 words.</summary>
    public static async Task MeasureAsync(int? count, TextWriter output)
    {
        var text = new ZipfText(1, count is null ? SmallWords : LargeWords);
        var folder = Directory.CreateTempSubdirectory("rag-keyword-speed-");
        try
        {
            if (count is null)
            {
                MeasureIndexing(text, output);
            }

            await MeasureSearchAsync(text, count ?? SmallSet, count is null ? [(12, 1000)] : [(3, 100), (6, 100), (10, 100)], folder.FullName, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void MeasureIndexing(ZipfText text, TextWriter output)
    {
        var chunks = Enumerable.Range(0, SmallSet).Select(i => ToChunk(text, i)).ToArray();
        foreach (var model in (KeywordModel[])[KeywordModel.Bm25, KeywordModel.Bm25Lucene])
        {
            var best = Enumerable.Range(0, IndexRounds).Min(_ =>
            {
                var start = Now;
                Add(new(model), new(model), chunks, 0);
                return (Now - start).TotalSeconds;
            });
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  index {SmallSet} documents with {model.Name}, one at a time, best of {IndexRounds}: {SmallSet / best:F0} documents/s"));
        }
    }

    private static async Task MeasureSearchAsync(ZipfText text, int count, (int Terms, int Queries)[] sets, string folder, TextWriter output)
    {
        await using var fts = new SqliteConnection($"Data Source={Path.Combine(folder, "fts.db")};Pooling=False");
        await fts.OpenAsync();
        await ExecuteAsync(fts, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4000000; CREATE VIRTUAL TABLE chunks USING fts5(text, content = '', tokenize = 'porter unicode61')");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var index = await BuildAsync(text, count, fts, output);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  memory: {(GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count:F0} bytes a passage, of {index.PostingCount / (double)count:F0} postings"));
        MeasureSnapshot(index, folder, output);
        var byDefault = Index(text, count, KeywordModel.Default);
        foreach (var (terms, queries) in sets)
        {
            var random = new Random(terms);
            var texts = Enumerable.Range(0, queries).Select(_ => text.Query(random.Next(count), terms)).ToArray();
            MeasureQueries(index, byDefault, fts, texts, terms, output);
        }
    }

    /// <summary>An index of so many texts, each a document of one passage.</summary>
    public static KeywordIndex Index(ZipfText text, int count, KeywordModel model)
    {
        var indexer = new DocumentIndexer(model);
        return Enumerable.Range(0, count).Chunk(Batch).Aggregate(new KeywordIndex(model), (index, batch) => Add(index, indexer, [.. batch.Select(i => ToChunk(text, i))], batch[0]));
    }

    private static async Task<KeywordIndex> BuildAsync(ZipfText text, int count, SqliteConnection fts, TextWriter output)
    {
        var indexer = new DocumentIndexer(KeywordModel.Bm25);
        var index = new KeywordIndex(KeywordModel.Bm25);
        var (ours, theirs) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var start = 0; start < count; start += Batch)
        {
            var chunks = Enumerable.Range(start, Math.Min(Batch, count - start)).Select(i => ToChunk(text, i)).ToArray();
            var begin = Now;
            index = Add(index, indexer, chunks, start);
            var middle = Now;
            await InsertAsync(fts, chunks, start);
            (ours, theirs) = (ours + (middle - begin), theirs + (Now - middle));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"keyword-speed: {count} passages, one thread; indexed at {count / ours.TotalSeconds:F0} a second, by FTS5 at {count / theirs.TotalSeconds:F0}"));
        return index;
    }

    private static void MeasureQueries(KeywordIndex index, KeywordIndex byDefault, SqliteConnection fts, string[] queries, int terms, TextWriter output)
    {
        (string Name, Action<string> Run)[] searches =
        [
            ("FTS5, top 10", query => SearchFts(fts, query)),
            ("top 10", query => index.Search(query, 10)),
            ("top 1000", query => index.Search(query, 1000)),
            .. ((int[])[2, 10, 100, 1000]).Select(n => new DocumentScope($"one in {n}", key => key % n == 0)).Select(scope => ($"top 10, {scope.Key} visible", new Action<string>(query => index.Search(query, 10, scope)))),
            ("RM3, top 10", query => index.Search(query, 10, feedback: new Rm3Feedback())),
            ("default, top 10", query => byDefault.Search(query, 10, feedback: new FocusedFeedback())),
        ];
        var times = searches.Select(_ => Enumerable.Repeat(double.MaxValue, queries.Length).ToArray()).ToArray();
        for (var round = 0; round < SearchRounds; round++)
        {
            for (var s = 0; s < searches.Length; s++)
            {
                for (var i = 0; i < queries.Length; i++)
                {
                    var start = Now;
                    searches[s].Run(queries[i]);
                    times[s][i] = Math.Min(times[s][i], (Now - start).TotalMilliseconds);
                }
            }
        }

        for (var s = 0; s < searches.Length; s++)
        {
            var sorted = times[s].Order().ToArray();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {queries.Length} queries of {terms} terms, best of {SearchRounds}, {searches[s].Name}: {queries.Length / sorted.Sum() * 1e3:F0} queries/s, median {sorted[sorted.Length / 2]:F3} ms, 95 % {sorted[sorted.Length * 95 / 100]:F3} ms; FTS5's median / this one's {times[0].Order().ElementAt(sorted.Length / 2) / sorted[sorted.Length / 2]:F1}"));
        }
    }

    private static void MeasureSnapshot(KeywordIndex index, string folder, TextWriter output)
    {
        var path = Path.Combine(folder, "bm25.index");
        new KeywordSnapshot(1, new Dictionary<string, KeywordIndex> { [""] = index }).Save(path, index.Model, "store");
        var start = Now;
        var loaded = KeywordSnapshot.TryLoad(path, index.Model, "store")!.Tenants[""];
        var open = Now - start;
        loaded.Search("first query", 10);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  index file: {new FileInfo(path).Length / 1e6:F1} MB, loaded in {open.TotalMilliseconds:F0} ms, with a first query {(Now - start).TotalMilliseconds:F0} ms"));
    }

    private static KeywordIndex Add(KeywordIndex index, DocumentIndexer indexer, Chunk[] chunks, int firstKey)
    {
        for (var i = 0; i < chunks.Length; i++)
        {
            index = index.Add(firstKey + i, indexer.Index(chunks[i].DocumentId, "en", [chunks[i]]));
        }

        return index;
    }

    private static Chunk ToChunk(ZipfText text, int number)
    {
        var passage = text.Text(number);
        return new($"d{number}#0", $"d{number}", passage, new(0, passage.Length)) { Language = "en" };
    }

    private static async Task InsertAsync(SqliteConnection fts, Chunk[] chunks, int firstRow)
    {
        await using var transaction = await fts.BeginTransactionAsync();
        await using var insert = fts.CreateCommand();
        insert.CommandText = "INSERT INTO chunks(rowid, text) VALUES ($row, $text)";
        var (row, passage) = (insert.Parameters.Add("$row", SqliteType.Integer), insert.Parameters.Add("$text", SqliteType.Text));
        for (var i = 0; i < chunks.Length; i++)
        {
            (row.Value, passage.Value) = (firstRow + i + 1, chunks[i].Text);
            insert.ExecuteNonQuery();
        }

        await transaction.CommitAsync();
    }

    private static void SearchFts(SqliteConnection fts, string query)
    {
        using var command = fts.CreateCommand();
        command.CommandText = "SELECT rowid FROM chunks WHERE chunks MATCH $query ORDER BY bm25(chunks) LIMIT 10";
        command.Parameters.AddWithValue("$query", string.Join(" OR ", query.Split(' ').Select(word => $"\"{word}\"")));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            _ = reader.GetInt64(0);
        }
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
