using System.Text.Json;
using Rag.Retrieval;

namespace Rag.Cli.Json;

/// <summary>Where a document is lost, and why; <c>rag search --why-not</c>.</summary>
internal sealed record AbsenceJson(string Step, string Reason, int? Rank)
{
    public static AbsenceJson Of(Absence absence) => new(JsonNamingPolicy.CamelCase.ConvertName(absence.Step.ToString()), absence.Reason, absence.Rank);
}

/// <summary>One line of <c>--retriever help</c>.</summary>
internal sealed record RetrieverJson(string Name, string Does);
