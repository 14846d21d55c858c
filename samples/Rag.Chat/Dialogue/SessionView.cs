using System.Globalization;
using Rag.Conversations;
using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>Shows what was said in a session, and which sessions there are.</summary>
internal sealed class SessionView(IAnsiConsole console)
{
    // One line of a screen.
    private const int Glance = 100;

    /// <summary>Lists the turns that lead to a turn with the beginnings of their answers, and the ends of the other branches.</summary>
    public void History(ConversationSession session, int? at)
    {
        var branch = session.Branch(at);
        foreach (var turn in branch)
        {
            console.MarkupLineInterpolated($"[bold]{turn.Id}.[/] {Shortened(turn.Answer.Question)}");
            console.Write(new Padder(new Text(Shortened(turn.Answer.Text), Style.Parse("grey")), new Padding(4, 0, 0, 0)));
            if (turn.Notice is { } notice && notice != turn.Answer.Text)
            {
                console.Write(new Padder(new Text(notice, Style.Parse("yellow")), new Padding(4, 0, 0, 0)));
            }
        }

        foreach (var end in session.Turns.Where(t => session.Turns.All(other => other.Parent != t.Id)).Except(branch))
        {
            console.MarkupLineInterpolated($"[grey]Another branch ends with {end.Id}. {Shortened(end.Answer.Question)}[/]");
        }
    }

    /// <summary>Lists sessions, the present one marked.</summary>
    public void List(IReadOnlyList<StoredSession> sessions, string present)
    {
        foreach (var session in sessions)
        {
            var mark = session.Id == present ? "* " : "  ";
            var turns = session.Turns == 1 ? "1 turn" : $"{session.Turns} turns";
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{mark}[bold]{Plain.Line(session.Id)}[/]  {Plain.Line(session.Title)}[grey]  {turns}, {session.ChangedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC[/]");
        }
    }

    private static string Shortened(string text) => Plain.Line(text) is var line && line.Length > Glance ? $"{line[..Glance]}…" : line;
}
