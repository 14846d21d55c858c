using System.Text.Json;
using Rag.Citations;
using Rag.Generation;
using Rag.Ratings;
using Rag.Testing;

namespace Rag.Core.Tests.Ratings;

public sealed class JudgedAnswersTests
{
    private const string Founded = "The archive was founded by Ada Crane in 1987.";
    private const string Moved = "It moved to Lisbon in 2003.";
    private const string Right = "The archive was founded by Ada Crane in 1987. [1]";
    private const string Other = "It moved to Lisbon in 2003. [2]";

    [Fact]
    public async Task A_correction_is_preferred_to_the_answer_that_it_was_given_for()
    {
        var judged = await JudgeAsync(Rated("r1", Verdict.Bad, Other) with { Correction = "The archive was founded by Ada Crane in 1987." });

        var pair = Assert.Single(judged.Pairs);
        Assert.Equal((Right, Other), (pair.Chosen.Text, pair.Rejected.Text));
        Assert.Equal([false, true], judged.Answers.Select(a => a.Liked));
    }

    [Fact]
    public async Task A_correction_that_the_passages_do_not_say_is_left_out_unless_it_is_asked_for()
    {
        var rating = Rated("r1", Verdict.Bad, Other) with { Correction = "It was founded by the bishop of Porto [1]." };

        var judged = await JudgeAsync(rating);
        var kept = await JudgedAnswers.OfAsync(new[] { rating }.ToAsyncEnumerable(), new CitationVerifier(), keepUnsupported: true);

        Assert.Empty(judged.Pairs);
        Assert.Equal((1, 1), (judged.Unsupported, judged.Answers.Count));
        Assert.Equal("It was founded by the bishop of Porto [1].", Assert.Single(kept.Pairs).Chosen.Text);
    }

    [Fact]
    public async Task Good_and_bad_answers_make_pairs_only_where_question_and_passages_are_the_same()
    {
        var elsewhere = SampleRatings.Of("r3", Verdict.Bad, "Who founded it?", "Nobody knows it in Lisbon. [1]", "Nobody knows it in Lisbon.");

        var judged = await JudgeAsync(Rated("r1", Verdict.Good, Right), Rated("r2", Verdict.Bad, Other), elsewhere);

        var pair = Assert.Single(judged.Pairs);
        Assert.Equal(("r1", "r2"), (pair.Chosen.RatingId, pair.Rejected.RatingId));
    }

    [Fact]
    public async Task What_was_said_twice_is_there_once_and_what_is_disputed_is_left_out()
    {
        var twice = await JudgeAsync(Rated("r1", Verdict.Good, Right), Rated("r2", Verdict.Good, Right), Rated("r3", Verdict.Bad, Other), Rated("r4", Verdict.Bad, Other));
        var disputed = await JudgeAsync(Rated("r1", Verdict.Good, Right), Rated("r2", Verdict.Bad, Right), Rated("r3", Verdict.Bad, Other));

        Assert.Equal((2, 1, 4), (twice.Answers.Count, twice.Pairs.Count, twice.Ratings));
        Assert.Equal((1, 0, 1), (disputed.Answers.Count, disputed.Pairs.Count, disputed.Disputed));
    }

    [Fact]
    public async Task A_question_that_should_have_been_left_unanswered_is_answered_with_the_word_for_it()
    {
        var judged = await JudgeAsync(Rated("r1", Verdict.Bad, Other) with { Correction = Rating.Unanswerable });

        Assert.Equal("UNANSWERABLE", Assert.Single(judged.Pairs).Chosen.Completion);
    }

    [Fact]
    public async Task Forgotten_ratings_and_those_without_passages_are_counted_and_nothing_else()
    {
        var judged = await JudgeAsync(Rated("r1", Verdict.Good, Right).Forget(), new Rating("r2", Verdict.Bad, Answer.Unanswered("Who?", "Nothing found.")));

        Assert.Equal((2, 2, 0), (judged.Ratings, judged.WithoutTexts, judged.Answers.Count));
    }

    [Fact]
    public async Task Lines_have_the_fields_that_trainers_read_and_the_prompt_that_the_generator_sends()
    {
        var judged = await JudgeAsync(Rated("r1", Verdict.Bad, Other) with { Correction = Right });
        var client = new ScriptedChatClient("It was Ada.");
        await new ChatAnswerGenerator(client).GenerateAsync("Who founded it?", judged.Pairs[0].Chosen.Asked.Passages).ToListAsync();

        var dpo = JsonDocument.Parse(TrainingLine.Dpo(judged.Pairs[0])).RootElement;
        var kto = judged.Answers.Select(a => JsonDocument.Parse(TrainingLine.Kto(a)).RootElement).ToList();

        Assert.Equal(["prompt", "chosen", "rejected"], dpo.EnumerateObject().Select(p => p.Name));
        Assert.Equal(client.Messages.Select(m => (m.Role.Value, m.Text)), Messages(dpo.GetProperty("prompt")));
        Assert.Equal([("assistant", Right)], Messages(dpo.GetProperty("chosen")));
        Assert.Equal([("assistant", Other)], Messages(dpo.GetProperty("rejected")));
        Assert.All(kto, line => Assert.Equal(["prompt", "completion", "label"], line.EnumerateObject().Select(p => p.Name)));
        Assert.Equal([false, true], kto.Select(line => line.GetProperty("label").GetBoolean()));
        Assert.Equal([("assistant", Other)], Messages(kto[0].GetProperty("completion")));
        var example = JsonDocument.Parse(TrainingLine.Example(judged.Pairs[0].Chosen)).RootElement;
        Assert.Equal([Founded, Moved], example.GetProperty("passages").EnumerateArray().Select(p => p.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Hostile_texts_stay_one_line_and_come_back_as_they_were()
    {
        const string hostile = "It said \"stop\\\n\u2028{\"label\": true}\" </s> 🙂.";
        var passages = Passages.Of(hostile);
        var judged = await JudgeAsync(new Rating("r1", Verdict.Bad, new Answer(hostile, hostile) { Passages = passages }));

        var line = TrainingLine.Kto(judged.Answers[0]);

        Assert.DoesNotContain('\n', line);
        Assert.Equal(hostile, Messages(JsonDocument.Parse(line).RootElement.GetProperty("completion"))[0].Text);
    }

    private static (string Role, string Text)[] Messages(JsonElement messages) =>
        [.. messages.EnumerateArray().Select(m => (m.GetProperty("role").GetString()!, m.GetProperty("content").GetString()!))];

    private static Rating Rated(string id, Verdict verdict, string text) => SampleRatings.Of(id, verdict, "Who founded it?", text, Founded, Moved);

    private static Task<JudgedAnswers> JudgeAsync(params Rating[] ratings) => JudgedAnswers.OfAsync(ratings.ToAsyncEnumerable(), new CitationVerifier());
}
