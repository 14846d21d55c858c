namespace Rag.Api;

/// <summary>A request that cannot be done, as the caller is told.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="type">What kind it is: stable, to be compared by programs; <c>urn:rag:problem:</c> stands before it.</param>
/// <param name="detail">What is wrong, with the values, and how to mend it.</param>
internal sealed class ApiProblemException(int status, string type, string detail) : Exception(detail)
{
    public int Status => status;

    public string Type => $"urn:rag:problem:{type}";

    /// <summary>Seconds after which it may be tried again; <see langword="null"/> where that does not help.</summary>
    public int? RetryAfter { get; init; }

    public static ApiProblemException Invalid(string detail) => new(StatusCodes.Status400BadRequest, "invalid-request", detail);

    public static ApiProblemException Unknown(string what, string id) => new(StatusCodes.Status404NotFound, $"unknown-{what}", $"There is no {what} '{Prompt.Shorten(Prompt.OnOneLine(id), 100)}' that this key may see.");

    public static ApiProblemException Lacking(string what, string remedy) => new(StatusCodes.Status501NotImplemented, "not-configured", $"This server has no {what}. {remedy}");
}
