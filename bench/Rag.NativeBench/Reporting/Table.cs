using System.Text.Json;

namespace Rag.NativeBench.Reporting;

/// <summary>Measurements, a row each.</summary>
/// <param name="Title">What was measured, with the settings.</param>
/// <param name="Columns">Names with units; keys in JSON.</param>
internal sealed record Table(string Title, params string[] Columns)
{
    public List<Cell[]> Rows { get; } = [];

    public void Add(params Cell[] cells) => Rows.Add(cells);

    public void WriteMarkdown(TextWriter output)
    {
        output.WriteLine($"{Title}\n");
        output.WriteLine($"| {string.Join(" | ", Columns)} |");
        output.WriteLine($"|{string.Concat(Enumerable.Range(0, Columns.Length).Select(c => Rows.Exists(r => r[c].Text is not null) ? "---|" : "--:|"))}");
        foreach (var row in Rows)
        {
            output.WriteLine($"| {string.Join(" | ", row)} |");
        }

        output.WriteLine();
    }

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("title", Title);
        json.WriteStartArray("rows");
        foreach (var row in Rows)
        {
            json.WriteStartObject();
            for (var i = 0; i < row.Length; i++)
            {
                json.WritePropertyName(Columns[i]);
                row[i].Write(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
