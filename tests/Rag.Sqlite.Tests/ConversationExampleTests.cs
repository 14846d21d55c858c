using Rag.Conversations;
using Rag.Generation;
using Rag.Queries;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

/// <summary>A conversation as the documentation shows it.</summary>
public sealed class ConversationExampleTests
{
    [Fact]
    public async Task A_conversation_is_asked_continued_and_edited()
    {
        await using var store = await SqliteChunkStore.OpenAsync(":memory:");
        var document = Corpus.Text("notes.txt", "The archive was founded by Ada Crane in 1987. It moved to Lisbon in 2003.", "Invoices are kept in the archive for seven years.") with { Language = "en" };
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));

        // <conversation>
        var pipeline = new RagPipeline(new DefaultRetriever(store), new ExtractiveAnswerGenerator(), transformer: new FollowUpTransformer());
        var conversation = new ConversationPipeline(pipeline, store.Sessions);

        var first = await conversation.AskAsync("archive", new Query("Who founded the archive?"));
        var second = await conversation.AskAsync("archive", new Query("And when did it move?")); // read with the first
        var edited = await conversation.AskAsync("archive", new Query("How long are invoices kept?"), after: second.Parent); // beside the second

        var session = await store.Sessions.GetAsync("archive");
        var branch = session.Branch(edited.Id); // first, edited
        // </conversation>

        Assert.Equal([first.Id, edited.Id], branch.Select(t => t.Id));
        Assert.Contains("Lisbon in 2003. [1]", second.Answer.Text, StringComparison.Ordinal);
        Assert.Contains("seven years. [2]", edited.Answer.Text, StringComparison.Ordinal);
        Assert.All(session.Turns, turn => Assert.Null(turn.Notice));
    }
}
