namespace Rag.Cli.Json;

/// <summary>What <c>rag doctor</c> prints.</summary>
internal sealed record DoctorJson(IReadOnlyList<CheckJson> Checks);

/// <summary>One thing looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Ok">Whether it works.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Fix">What to do; <see langword="null"/> where nothing needs to be done.</param>
internal sealed record CheckJson(string Name, bool Ok, string Detail, string? Fix);
