using System.Runtime.CompilerServices;

namespace Rag.Pdf.Tests.Files;

/// <summary>The files in <c>Encrypted</c>, written by qpdf 11: each method once, user password <c>user</c>, owner password <c>owner</c>.</summary>
internal static class EncryptedFiles
{
    public static byte[] Read(string name) => System.IO.File.ReadAllBytes(Path.Combine(Folder(), name + ".pdf"));

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Encrypted");
}
