using System.Text.Json;

namespace Rag.NativeBench.Reporting;

/// <summary>What a command measured.</summary>
/// <param name="Command">Its name.</param>
/// <param name="Tables">Its measurements.</param>
/// <param name="Notes">Sentences for the reader.</param>
/// <param name="Failed">Whether a check failed, and the command with it.</param>
internal sealed record Report(string Command, IReadOnlyList<Table> Tables, IReadOnlyList<string>? Notes = null, bool Failed = false)
{
    public void WriteMarkdown(TextWriter output)
    {
        foreach (var table in Tables)
        {
            table.WriteMarkdown(output);
        }

        foreach (var note in Notes ?? [])
        {
            output.WriteLine($"{note}\n");
        }

        output.WriteLine(Machine.Describe());
    }

    public void WriteJson(Stream output)
    {
        using var json = new Utf8JsonWriter(output, new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("command", Command);
        json.WriteString("machine", Machine.Describe());
        json.WriteStartArray("tables");
        foreach (var table in Tables)
        {
            table.WriteJson(json);
        }

        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in Notes ?? [])
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteBoolean("failed", Failed);
        json.WriteEndObject();
    }
}
