using System.Text;
using Microsoft.Data.Sqlite;
using Rag.Citations;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

/// <summary>Sessions in the store's file: what is left of a document in them, older files, other processes.</summary>
public sealed class SqliteSessionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["store.db"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Deleting_a_document_leaves_no_word_of_it_in_any_session(int seed)
    {
        var random = new Random(seed);
        await using var store = await SqliteChunkStore.OpenAsync(File);
        await using var other = await SqliteChunkStore.OpenAsync(File);
        var documents = Enumerable.Range(0, 12).Select(i => Secret(i, random)).ToList();
        foreach (var document in documents)
        {
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        }

        for (var i = 0; i < 60; i++)
        {
            var session = await store.Sessions.GetAsync($"s{random.Next(4)}");
            var turn = await store.Sessions.AddTurnAsync(session, random.Next(session.Turns.Count + 1), Answered($"Question {i}?", documents, random));
            session = await store.Sessions.GetAsync(session.Id);
            await store.Sessions.SetSummaryAsync(session, turn.Id, string.Join(' ', session.Branch(turn.Id).Select(t => t.Answer.Text)));
        }

        foreach (var document in documents.OrderBy(_ => random.Next()).Take(8).ToArray())
        {
            Assert.True(await (random.Next(2) == 0 ? store : other).DeleteDocumentAsync(document.Id));
            documents.Remove(document);
            AssertNoTrace(document.Title);
        }

        Assert.All(documents, d => Assert.True(Holds(Encoding.UTF8.GetBytes(d.Title)), $"the kept word {d.Title} is gone"));
        var kept = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => other.Sessions.GetAsync($"s{i}")));
        Assert.Equal(60, kept.Sum(s => s.Turns.Count));
        Assert.All(kept.SelectMany(s => s.Turns), turn =>
        {
            AnswerContract.Check(WithOwnChunks(turn.Answer));
            Assert.All(turn.Answer.Passages, p => Assert.Contains(documents, d => d.Id == p.Chunk.DocumentId));
        });
        Assert.Contains(kept.SelectMany(s => s.Turns), t => t.Notice is not null && !t.Answer.Abstained);
        Assert.Contains(kept.SelectMany(s => s.Turns), t => t.Answer.Text == "The source of this answer was deleted.");
        Assert.Contains(kept.SelectMany(s => s.Turns), t => t.Notice is null);
    }

    [Fact]
    public async Task Deleting_a_session_leaves_no_trace_of_it()
    {
        await using var store = await SqliteChunkStore.OpenAsync(File);
        await store.Sessions.AddTurnAsync(new("zqnameqz"), 0, Answer.Unanswered("What is zqsecretqz?", "Nothing was found."));
        Assert.True(Holds("zqsecretqz"u8));

        await store.Sessions.DeleteAsync("zqnameqz");

        AssertNoTrace("zqsecretqz");
        AssertNoTrace("zqnameqz");
    }

    [Fact]
    public async Task A_document_that_is_deleted_while_it_is_asked_about_does_not_come_back_with_the_answer()
    {
        await using var store = await SqliteChunkStore.OpenAsync(File);
        var (gone, kept) = (Secret(1, new(1)), Secret(2, new(2)));
        await store.ReplaceDocumentAsync(gone, Corpus.Chunks(gone));
        await store.ReplaceDocumentAsync(kept, Corpus.Chunks(kept));
        await store.Sessions.AddTurnAsync(new("s"), 0, Answered("First?", [gone], new(3)));
        var asked = await store.Sessions.GetAsync("s");
        var answer = Answered("Second?", [gone, kept], new(4)) with { Searched = $"Second? ({gone.Title})" };

        await store.DeleteDocumentAsync(gone.Id);
        await store.Sessions.SetSummaryAsync(asked, 1, $"The title is {gone.Title}.");
        var turn = await store.Sessions.AddTurnAsync(asked, 1, answer);

        AssertNoTrace(gone.Title);
        Assert.Equal("A source of this turn was deleted, and what rested on it was taken out.", turn.Notice);
        Assert.Equal([kept.Id], turn.Answer.Passages.Select(p => p.Chunk.DocumentId).Distinct());
        Assert.Equal("Second?", turn.Answer.Searched);
        AnswerContract.Check(turn.Answer);
    }

    [Fact]
    public async Task A_document_of_another_tenant_with_the_same_id_stays_in_that_tenants_sessions()
    {
        await using var store = await SqliteChunkStore.OpenAsync(File);
        var document = Secret(1, new(1));
        foreach (var tenant in (string[])["a", "b"])
        {
            await store.ReplaceDocumentAsync(document with { Tenant = tenant }, Corpus.Chunks(document));
            await store.Sessions.AddTurnAsync(new("s") { Tenant = tenant }, 0, Answered("First?", [document], new(1)));
        }

        await store.DeleteDocumentAsync(document.Id, "a");

        Assert.Equal("The source of this answer was deleted.", (await store.Sessions.GetAsync("s", "a")).Turns[0].Notice);
        Assert.NotEmpty((await store.Sessions.GetAsync("s", "b")).Turns[0].Answer.Citations);
    }

    [Fact]
    public async Task A_replaced_document_stays_readable_in_earlier_answers_until_it_is_deleted()
    {
        await using var store = await SqliteChunkStore.OpenAsync(File);
        var old = Corpus.Text("guide.md", "The fee is zqoldqz euros.");
        var changed = Corpus.Text("guide.md", "The fee is zqnewqz euros.");
        await store.ReplaceDocumentAsync(old, Corpus.Chunks(old));
        await store.Sessions.AddTurnAsync(new("s"), 0, new CitationVerifier().Verify("Fee?", "The fee is zqoldqz euros [1].", PassagesOf(old)));

        await store.ReplaceDocumentAsync(changed, Corpus.Chunks(changed));
        var citation = Assert.Single((await store.Sessions.GetAsync("s")).Turns[0].Answer.Citations);
        await store.DeleteDocumentAsync("guide.md");

        Assert.Equal("The fee is zqoldqz euros.", citation.Quote);
        AssertNoTrace("zqoldqz");
        AssertNoTrace("zqnewqz");
    }

    [Fact]
    public async Task A_store_of_before_sessions_gets_room_for_them_and_keeps_its_documents()
    {
        await using (var old = await SqliteChunkStore.OpenAsync(File))
        {
            await StoreFileTests.Fill(old, 3);
        }

        Execute("DROP TABLE sessions; DROP TABLE turns; DROP TABLE session_sources; DROP TABLE ratings; DROP TABLE rated_documents; ALTER TABLE documents DROP COLUMN findings; PRAGMA user_version = 4");

        await using var store = await SqliteChunkStore.OpenAsync(File);
        await store.Sessions.AddTurnAsync(new("s"), 0, Answer.Unanswered("Why?", "Nothing was found."));

        Assert.Equal(3, (await store.ListDocumentsAsync()).Count);
        Assert.NotEmpty(await store.SearchKeywordsAsync(new("word1"), 10));
        Assert.Single(await store.Sessions.ListAsync());
    }

    [Fact]
    public async Task Two_stores_on_one_file_add_to_one_session_in_turns()
    {
        await using var one = await SqliteChunkStore.OpenAsync(File);
        await using var two = await SqliteChunkStore.OpenAsync(File);
        await Task.WhenAll(new[] { one, two }.Select(store => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await store.Sessions.AddTurnAsync(await store.Sessions.GetAsync("s"), 0, Answer.Unanswered("Why?", "Nothing was found."));
            }
        })));

        Assert.Equal(Enumerable.Range(1, 40), (await one.Sessions.GetAsync("s")).Turns.Select(t => t.Id));
    }

    [Fact]
    public async Task A_damaged_turn_gives_a_sentence()
    {
        await using var store = await SqliteChunkStore.OpenAsync(File);
        await store.Sessions.AddTurnAsync(new("s"), 0, Answer.Unanswered("Why?", "Nothing was found."));
        foreach (var damage in (string[])["{", "null", """{"question":"q","searched":"q","text":"t","passages":[],"citations":[{"number":7,"start":0,"end":0,"from":0,"to":0,"support":1}]}"""])
        {
            Execute($"UPDATE turns SET answer = '{damage}'");

            Assert.Contains("is damaged", (await Assert.ThrowsAsync<Rag.Storage.StoreException>(() => store.Sessions.GetAsync("s"))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_turn_that_lacks_what_later_answers_have_is_read_without_it()
    {
        await using var store = await SqliteChunkStore.OpenAsync(File);
        await store.Sessions.AddTurnAsync(new("s"), 0, Answer.Unanswered("Why?", "Nothing was found."));
        Execute("""UPDATE turns SET answer = '{"question":"q","searched":"q","text":"t","passages":[]}'""");

        var answer = (await store.Sessions.GetAsync("s")).Turns[0].Answer;

        Assert.Equal("t", answer.Text);
        Assert.Empty(answer.Sentences);
        Assert.Empty(answer.Citations);
        Assert.Empty(answer.Conflicts);
        Assert.Equal(new TokenUsage(), answer.Usage);
        Assert.Equal(TimeSpan.Zero, answer.Timings.Generate);
    }

    [Fact]
    public async Task Sessions_of_a_closed_store_say_so()
    {
        var store = await SqliteChunkStore.OpenAsync(File);
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.Sessions.ListAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.Sessions.AddTurnAsync(new("s"), 0, Answer.Unanswered("Why?", "Nothing was found.")));
    }

    // A document in which every passage has a word that no other document has.
    private static Document Secret(int number, Random random)
    {
        var word = $"zq{number}{random.Next(1_000_000_000):x8}qz";
        return Corpus.Text($"{word}.md", [.. Enumerable.Range(0, 1 + random.Next(3)).Select(i => $"The {word} of part {i} is kept in room {random.Next(100)}.")]) with { Title = word, Path = $"/{word}", Tags = new Dictionary<string, string> { ["secret"] = word } };
    }

    private static List<Passage> PassagesOf(params IEnumerable<Document> documents) => [.. documents.SelectMany(d => Corpus.Chunks(d)).Select((c, i) => new Passage(i + 1, c.Chunk, 1))];

    // Quotes of some documents and a sentence that no source says, all from the passages of these documents.
    private static Answer Answered(string question, IReadOnlyList<Document> documents, Random random)
    {
        var given = PassagesOf(documents.OrderBy(_ => random.Next()).Take(1 + random.Next(3)));
        var sentences = given.OrderBy(_ => random.Next()).Take(3).Select(p => $"{p.Chunk.Text} [{p.Number}]").Append($"Nobody knows the {given[0].Chunk.Title}.");
        return new CitationVerifier().Verify(question, string.Join(' ', sentences), given);
    }

    // What was read has chunks that are equal and not the same; the contract compares records.
    private static Answer WithOwnChunks(Answer answer) => answer with { Citations = [.. answer.Citations.Select(c => c with { Chunk = answer.Passages.Single(p => p.Number == c.Number).Chunk })] };

    private void AssertNoTrace(string word)
    {
        Assert.False(Holds(Encoding.UTF8.GetBytes(word)), $"'{word}' is still in a file as UTF-8");
        Assert.False(Holds(Encoding.Unicode.GetBytes(word)), $"'{word}' is still in a file as UTF-16");
    }

    private bool Holds(ReadOnlySpan<byte> word)
    {
        foreach (var file in Directory.GetFiles(_folder.FullName))
        {
            if (System.IO.File.ReadAllBytes(file).AsSpan().IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Execute(string sql)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
