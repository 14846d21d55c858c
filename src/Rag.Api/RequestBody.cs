namespace Rag.Api;

/// <summary>What an endpoint reads as its body, for the OpenAPI document. ASP.NET's own metadata would refuse other content types before the endpoint can say why.</summary>
/// <param name="Type">Its form in JSON.</param>
internal sealed record RequestBody(Type Type);
