using System.Text;

namespace Rag.Pdf.Files.Security;

/// <summary>The bytes of a password: which encoding a writer took is not always the one it should (7.6.4.3).</summary>
internal static class PasswordBytes
{
    /// <summary>Bytes of an AES-256 password that count (algorithm 2.A, a).</summary>
    private const int Most = 127;

    /// <summary>What to try, most likely first.</summary>
    public static IEnumerable<byte[]> Of(string password, int revision)
    {
        if (Ascii.IsValid(password))
        {
            yield return Cut(Encoding.ASCII.GetBytes(password));
            yield break;
        }

        var utf8 = Encoding.UTF8.GetBytes(password);
        if (revision >= 5)
        {
            yield return Cut(Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC))); // SASLprep, what matters of it
            yield return Cut(utf8);
        }
        else
        {
            yield return Encoding.Latin1.GetBytes(password); // PDFDocEncoding, for all letters that keyboards have
            yield return utf8;
        }
    }

    private static byte[] Cut(byte[] bytes) => bytes.Length > Most ? bytes[..Most] : bytes;
}
