using Rag.Generation;
using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>Shows an answer as it is written, and beneath it each source with the words that were quoted.</summary>
internal sealed class AnswerView(IAnsiConsole console)
{
    private const int LongQuote = 210;

    /// <summary>Shows every update and returns the checked answer.</summary>
    public async Task<Answer> ShowAsync(IAsyncEnumerable<AnswerUpdate> updates, CancellationToken cancellationToken)
    {
        var text = new WrappedText(console);
        var written = "";
        Answer? answer = null;
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            switch (update)
            {
                case AnswerUpdate.Words words:
                    text.Write(words.Text);
                    written += words.Text;
                    break;
                case AnswerUpdate.Restarted:
                    text.End();
                    console.MarkupLine("[grey]Not all of this stands in the sources. Once more:[/]");
                    (text, written) = (new(console), "");
                    break;
                case AnswerUpdate.Completed completed:
                    answer = completed.Answer;
                    break;
            }
        }

        text.End();
        Conclude(answer!, written);
        return answer!;
    }

    /// <summary>Shows an answer that is there already.</summary>
    public void Show(Answer answer)
    {
        if (!answer.Abstained)
        {
            var text = new WrappedText(console);
            text.Write(answer.Text);
            text.End();
        }

        Conclude(answer, answer.Text);
    }

    /// <summary>Shows where the quotes of an answer stand, one entry a passage.</summary>
    public void Sources(Answer answer)
    {
        foreach (var source in answer.Citations.GroupBy(c => c.Number).OrderBy(g => g.Key))
        {
            var quotes = source.DistinctBy(c => c.Source).ToList();
            console.MarkupLineInterpolated($"[bold aqua][[{source.Key}]][/] {Place.Of(quotes[0].Chunk)}{Place.PageOrLine(quotes[0])}");
            if (quotes[0].Chunk.Context is { Length: > 0 } headings)
            {
                Indented($"[grey]{Markup.Escape(Plain.Line(headings))}[/]");
            }

            foreach (var quote in quotes)
            {
                Indented($"[italic]“{Markup.Escape(Shortened(Plain.Line(quote.Quote)))}”[/]");
            }
        }
    }

    // What was streamed has not been checked yet; what counts is the answer that came last.
    private void Conclude(Answer answer, string written)
    {
        if (answer.Abstained)
        {
            console.MarkupLineInterpolated($"[yellow]{Plain.Line(answer.Text)}[/]");
            if (answer.Reason is { } reason && !answer.Text.Contains(reason, StringComparison.Ordinal))
            {
                console.MarkupLineInterpolated($"[grey]{Plain.Line(reason)}[/]");
            }

            return;
        }

        if (Plain.Line(written) != Plain.Line(answer.Text))
        {
            console.MarkupLine("[yellow]After checking, this is left:[/]");
            var text = new WrappedText(console);
            text.Write(answer.Text);
            text.End();
        }

        foreach (var doubtful in answer.Sentences.Where(s => !s.Supported))
        {
            console.MarkupLineInterpolated($"[yellow]No source says: “{Plain.Line(doubtful.Span.Of(answer.Text))}”[/]");
            Indented($"[grey]{Markup.Escape(Plain.Line(doubtful.Problem!))}[/]");
        }

        foreach (var conflict in answer.Conflicts)
        {
            console.MarkupLineInterpolated($"[yellow]Source [{conflict.Number}] says otherwise: “{Shortened(Plain.Line(conflict.Quote))}”[/]");
        }

        console.WriteLine();
        Sources(answer);
    }

    // The words stand in the answer or close to it; /open shows the whole passage.
    private static string Shortened(string quote)
    {
        if (quote.Length <= LongQuote)
        {
            return quote;
        }

        // Cut at blanks; a text without any, such as Chinese, is left whole.
        var head = quote.LastIndexOf(' ', LongQuote * 2 / 3);
        var tail = quote.IndexOf(' ', quote.Length - (LongQuote / 3));
        return head > 0 && tail > head ? $"{quote[..head]} …{quote[tail..]}" : quote;
    }

    private void Indented(string markup) => console.Write(new Padder(new Markup(markup), new Padding(4, 0, 0, 0)));
}
