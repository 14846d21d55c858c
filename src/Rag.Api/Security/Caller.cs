namespace Rag.Api.Security;

/// <summary>Who makes a request.</summary>
/// <param name="Key">What it may do, and for whose documents.</param>
internal sealed record Caller(ApiKey Key)
{
    /// <summary>A person or program on this machine, where no keys are set up.</summary>
    public static Caller Local { get; } = new(new ApiKey("this machine", "", ApiScope.All) { Scores = true, RequestsPerMinute = int.MaxValue });

    /// <summary>A query for what the caller may see.</summary>
    public Query Query(string text, string? filter = null)
    {
        try
        {
            return new(text) { Tenant = Key.Tenant, Groups = Key.Groups, Filter = FilterParser.Parse(filter ?? "") };
        }
        catch (FormatException e)
        {
            throw ApiProblemException.Invalid($"filter: {e.Message}");
        }
    }
}
