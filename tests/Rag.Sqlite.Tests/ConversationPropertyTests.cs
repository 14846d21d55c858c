using Rag.Conversations;
using Rag.Queries;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

/// <summary>Whatever is asked, edited, forked, replaced and deleted: numbers mean one passage on each branch, and citations are what the source said.</summary>
public sealed class ConversationPropertyTests
{
    private static readonly string[] Subjects = ["ferry", "harbour", "museum", "lighthouse", "market", "bridge"];

    private readonly Dictionary<(string Id, string Text), Document> _versions = [];
    private readonly HashSet<string> _stored = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Numbers_are_stable_and_citations_verbatim(int seed)
    {
        var random = new Random(seed);
        await using var store = await SqliteChunkStore.OpenAsync(":memory:");
        var pipeline = new ConversationPipeline(
            new(new KeywordRetriever(store), new QuotingGenerator(), options: new() { Top = 3 }, transformer: new FollowUpTransformer()), store.Sessions, historyTokens: 120);
        for (var step = 0; step < 50; step++)
        {
            var names = (await store.Sessions.ListAsync()).Select(s => s.Id).DefaultIfEmpty("s0").ToArray();
            var session = await store.Sessions.GetAsync(names[random.Next(names.Length)]);
            var at = session.Turns.Count == 0 ? 0 : 1 + random.Next(session.Turns.Count);
            switch (random.Next(step < 5 ? 2 : 12))
            {
                case 0 or 1:
                    await PutAsync(store, $"d{random.Next(6)}", random);
                    break;
                case 2 when _stored.Count > 0:
                    var gone = _stored.Order().ElementAt(random.Next(_stored.Count));
                    await store.DeleteDocumentAsync(gone);
                    _stored.Remove(gone);
                    break;
                case 3 when at > 0:
                    await store.Sessions.ForkAsync(session, at, $"s{step}");
                    break;
                case 4 or 5 or 6:
                    await pipeline.AskAsync(session.Id, new(Question(random)), after: at); // go on from any turn
                    break;
                case 7 when at > 0:
                    await pipeline.AskAsync(session.Id, new(Question(random)), after: session.Turns[at - 1].Parent); // edit
                    break;
                default:
                    await pipeline.AskAsync(session.Id, new(Question(random)));
                    break;
            }

            await CheckAsync(store.Sessions);
        }
    }

    private async Task CheckAsync(SqliteSessionStore sessions)
    {
        foreach (var name in await sessions.ListAsync())
        {
            var session = await sessions.GetAsync(name.Id);
            foreach (var turn in session.Turns)
            {
                AnswerContract.Check(turn.Answer with { Citations = [.. turn.Answer.Citations.Select(c => c with { Chunk = turn.Answer.Passages.Single(p => p.Number == c.Number).Chunk })] });
                Assert.All(turn.Answer.Citations, c => Assert.Equal(c.Source.Of(_versions[(c.Chunk.DocumentId, c.Chunk.Text)].Text), c.Quote));
                Assert.All(turn.Answer.Passages, p => Assert.Contains(p.Chunk.DocumentId, _stored));

                var given = session.Branch(turn.Id).SelectMany(t => t.Answer.Passages).Select(p => (p.Number, Passage: (p.Chunk.Id, p.Chunk.Text))).Distinct().ToList();
                Assert.Equal(given.Count, given.Select(g => g.Number).Distinct().Count());
                Assert.Equal(given.Count, given.Select(g => g.Passage).Distinct().Count());
            }
        }
    }

    private async Task PutAsync(SqliteChunkStore store, string id, Random random)
    {
        var document = Corpus.Text(id, [.. Enumerable.Range(0, 1 + random.Next(3)).Select(i => $"The {Subjects[random.Next(Subjects.Length)]} of part {i} has number {random.Next(30)}.")]);
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        _stored.Add(id);
        foreach (var chunk in Corpus.Chunks(document))
        {
            _versions[(id, chunk.Chunk.Text)] = document;
        }
    }

    private static string Question(Random random) => random.Next(3) == 0 ? "And its number?" : $"What number has the {Subjects[random.Next(Subjects.Length)]} of part {random.Next(3)}?";
}
