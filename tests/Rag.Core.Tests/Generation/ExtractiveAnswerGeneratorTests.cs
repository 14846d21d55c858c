using Rag.Citations;
using Rag.Generation;
using Rag.Testing;

namespace Rag.Core.Tests.Generation;

public sealed class ExtractiveAnswerGeneratorTests
{
    private const string Town = """
        Marlow Ferry is a small town on the river Alder. It was founded in 1641 by the miller Josias Penn. The town has 4,200 inhabitants.
        """;

    private const string Bridge = """
        The bridge of Marlow Ferry was closed in 2003 because its piers had cracked. The council rents a boat for the crossing. Tickets cost 3 pounds.
        """;

    private const string Tool = """
        Backups

        The backup tool copies the ledger every night. To restore a backup, stop the server and run the following command:

        ledger restore --from backup.zip
        ledger start

        A restore takes as long as the backup is large.

        The tool keeps these copies:

        - the last seven days
        - the first day of each month

        | setting | default |
        | --- | --- |
        | compression | on |
        | retention in days | 30 |
        """;

    [Theory]
    [InlineData("Who founded the town?", "It was founded in 1641 by the miller Josias Penn. [1]")]
    [InlineData("When was the bridge closed?", "The bridge of Marlow Ferry was closed in 2003 because its piers had cracked. [2]")]
    [InlineData("How many inhabitants does the town have?", "The town has 4,200 inhabitants. [1]")]
    [InlineData("Where is Marlow Ferry?", "Marlow Ferry is a small town on the river Alder. [1]")]
    [InlineData("What is Marlow Ferry?", "Marlow Ferry is a small town on the river Alder. [1]")]
    [InlineData("Why was the bridge closed?", "The bridge of Marlow Ferry was closed in 2003 because its piers had cracked. [2]")]
    [InlineData("How much do tickets cost?", "Tickets cost 3 pounds. [2]")]
    [InlineData("Does the council rent a boat?", "The council rents a boat for the crossing. [2]")]
    public async Task GenerateAsync_begins_with_the_sentence_that_answers(string question, string expected)
    {
        var text = await AnswerAsync(question, Town, Bridge);

        Assert.StartsWith(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_brings_the_code_that_a_sentence_announces()
    {
        var text = await AnswerAsync("How do I restore a backup?", Tool);

        Assert.StartsWith("To restore a backup, stop the server and run the following command:\n\nledger restore --from backup.zip\nledger start [1]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_brings_the_list_that_a_sentence_announces()
    {
        var text = await AnswerAsync("Which copies does the tool keep?", Tool);

        Assert.StartsWith("The tool keeps these copies:\n\n- the last seven days\n- the first day of each month [1]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_may_answer_with_a_row_of_a_table()
    {
        var text = await AnswerAsync("What is the default retention in days?", Tool);

        Assert.StartsWith("| retention in days | 30 | [1]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_brings_the_code_behind_its_title()
    {
        var text = await AnswerAsync("How do I start the ledger?", "You may use any shell. Start the ledger as follows:\n\nBash\n\nledger start --quiet\n\nThe ledger then opens its books.");

        Assert.StartsWith("Start the ledger as follows:\n\nBash\n\nledger start --quiet [1]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What is a lease?", "The desk renews a lease on request. A lease is a right to use a boat for a year. Each lease of the desk is numbered.", "A lease is a right to use a boat for a year. [1]")]
    [InlineData("What is a lease?", "Renew a lease in May. Leases are rights to use a boat for a year. A lease of the desk is numbered.", "Leases are rights to use a boat for a year. [1]")]
    [InlineData("What is a lease?", "Leases are most often signed in May. Leases are rights to use a boat for a year.", "Leases are rights to use a boat for a year. [1]")]
    [InlineData("Can a guest rent a boat?", "A guest once came to rent a boat. A guest must not rent a boat. The boats are green.", "A guest must not rent a boat. [1]")]
    [InlineData("What does the harbour office do?", "The harbour office closes at noon. The harbour office lets boats by the year. The office has a cat.", "The harbour office lets boats by the year. [1]")]
    [InlineData("When should I renew a lease?", "A lease has to be renewed in writing. You should renew a lease before its last month. Renew a lease at the desk.", "You should renew a lease before its last month. [1]")]
    [InlineData("What is a berth?", "A berth is described in the section on moorings. A berth is a place where a boat is tied up.", "A berth is a place where a boat is tied up. [1]")]
    [InlineData("How does the office number berths?", "The following table shows how the office numbers berths. The office numbers berths from the harbour mouth.", "The office numbers berths from the harbour mouth. [1]")]
    [InlineData("Which boats are let?", "For boats that are let, see the list of boats. The office lets boats of oak and boats of ash.", "The office lets boats of oak and boats of ash. [1]")]
    public async Task GenerateAsync_prefers_the_form_that_the_question_asks_for(string question, string passage, string expected)
    {
        var text = await AnswerAsync(question, passage);

        Assert.StartsWith(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_never_answers_with_a_heading()
    {
        var text = await AnswerAsync("Where are backups described?", "Where backups are described\n\nThe manual describes backups in its third part.");

        Assert.Equal("The manual describes backups in its third part. [1]", text);
    }

    [Theory]
    [InlineData("- §7 The lease statement\n- §8 The lease and its end", "A lease statement ends the contract.")]
    [InlineData("What does a lease statement do?", "A lease statement ends the contract.")]
    public async Task GenerateAsync_never_answers_with_an_entry_or_a_question(string decoy, string answer)
    {
        var text = await AnswerAsync("What does the lease statement do?", decoy, answer);

        Assert.Equal($"{answer} [2]", text);
    }

    [Fact]
    public async Task GenerateAsync_leaves_the_marker_of_an_item_out()
    {
        var text = await AnswerAsync("Where is the key to the boathouse?", "1. The boathouse opens at nine.\n2. The key to the boathouse hangs behind the door.");

        Assert.Equal("The key to the boathouse hangs behind the door. [1]", text);
    }

    [Fact]
    public async Task GenerateAsync_leaves_reference_numbers_of_the_source_out()
    {
        var text = await AnswerAsync("Who built the mill?", "The mill[2] was built by Ada Penn.[14] It burned [3][4].");

        Assert.Equal("The mill was built by Ada Penn. [1]", text);
    }

    [Fact]
    public async Task GenerateAsync_says_a_thing_once()
    {
        var text = await AnswerAsync("Who built the mill at Alder?", "The mill at Alder was built by Ada Penn.", "The mill at Alder was built by Ada Penn.");

        Assert.Equal("The mill at Alder was built by Ada Penn. [1]", text);
    }

    [Theory]
    [InlineData("", "no word to look for")]
    [InlineData("What is it?", "no word to look for")]
    [InlineData("Which volcano erupted?", "No sentence of the passages holds a word of the question.")]
    [InlineData("What does the embassy of Peru in Lisbon cost?", "with a probability of")]
    public async Task GenerateAsync_abstains_with_a_reason(string question, string reason)
    {
        var updates = await new ExtractiveAnswerGenerator().GenerateAsync(question, Passages.Of(Town, Bridge)).ToListAsync();

        Assert.Equal(2, updates.Count);
        Assert.InRange(Assert.IsType<AnswerUpdate.Assessed>(updates[0]).Confidence, 0, 0.07);
        Assert.Contains(reason, Assert.IsType<AnswerUpdate.Abstention>(updates[1]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_abstains_without_passages() =>
        Assert.Equal([new AnswerUpdate.Assessed(0), new AnswerUpdate.Abstention("There is no passage to answer from.")], await new ExtractiveAnswerGenerator().GenerateAsync("Why?", []).ToListAsync());

    [Theory]
    [InlineData("When was the bridge of Marlow Ferry closed?", "When was the bridge of Selby Ferry closed?")] // another name
    [InlineData("When was the bridge of Marlow Ferry closed?", "When was the bridge of Marlow Ferry opened?")] // the opposite
    [InlineData("When was the bridge of Marlow Ferry closed?", "When was the bridge of Marlow Ferry not closed?")] // denied
    [InlineData("When was the bridge of Marlow Ferry closed?", "When was the timber bridge of Marlow Ferry closed for good?")] // more than is said
    public async Task GenerateAsync_is_less_sure_of_what_the_passages_do_not_say(string answerable, string other)
    {
        Assert.True(await ConfidenceAsync(answerable) > await ConfidenceAsync(other));

        static async Task<double> ConfidenceAsync(string question) =>
            (await new ExtractiveAnswerGenerator().GenerateAsync(question, Passages.Of(Town, Bridge)).OfType<AnswerUpdate.Assessed>().SingleAsync()).Confidence;
    }

    [Fact]
    public async Task GenerateAsync_says_how_sure_it_is_also_of_what_it_keeps_back()
    {
        var passages = Passages.Of(Town, Bridge);

        var answered = await new ExtractiveAnswerGenerator().GenerateAsync("Who founded the town?", passages).OfType<AnswerUpdate.Assessed>().SingleAsync();
        var silent = await new ExtractiveAnswerGenerator(new() { MinConfidence = 1 }).GenerateAsync("Who founded the town?", passages).ToListAsync();

        Assert.Equal(answered, silent[0]);
        Assert.IsType<AnswerUpdate.Abstention>(silent[1]);
    }

    [Fact]
    public async Task GenerateAsync_takes_a_question_of_a_megabyte()
    {
        var question = string.Concat(Enumerable.Range(0, 150_000).Select(i => $"word{i} ")) + "who founded the town?";

        Assert.NotEmpty(await new ExtractiveAnswerGenerator().GenerateAsync(question, Passages.Of(Town)).ToListAsync());
    }

    [Fact]
    public async Task GenerateAsync_writes_what_the_verifier_supports_in_full()
    {
        foreach (var question in new[] { "Who founded the town?", "How do I restore a backup?", "Which copies does the tool keep?", "What is the default retention in days?", "What is the backup tool?" })
        {
            var passages = Passages.Of(Town, Bridge, Tool);

            var answer = new CitationVerifier(new() { Unsupported = UnsupportedSentences.Abstain }).Verify(question, await AnswerAsync(question, passages), passages);

            AnswerContract.Check(answer);
            Assert.False(answer.Abstained, $"{question}: {answer.Reason}");
            Assert.All(answer.Sentences, s => Assert.Equal(1, s.Support, 12));
        }
    }

    private static Task<string> AnswerAsync(string question, params string[] passages) => AnswerAsync(question, Passages.Of(passages));

    private static async Task<string> AnswerAsync(string question, IReadOnlyList<Passage> passages)
    {
        var updates = await new ExtractiveAnswerGenerator().GenerateAsync(question, passages).ToListAsync();
        Assert.DoesNotContain(updates, u => u is AnswerUpdate.Abstention);
        return string.Concat(updates.OfType<AnswerUpdate.Words>().Select(u => u.Text));
    }
}
