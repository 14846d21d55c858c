namespace Rag.Api.Security;

/// <summary>What browsers are told on every response: trust nothing but this server, guess no types, tell no addresses, show it in no frame.</summary>
internal static class SecurityHeaders
{
    /// <summary>Policy of what is data and no page.</summary>
    public const string OfApi = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Policy of the page: scripts, workers and styles from files of this server only, and no text can become markup. The one policy of trusted types is that of <c>pdffile.js</c>, which names the script of pdf.js's worker and nothing else.</summary>
    public const string OfPage = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types pdf-worker";

    public static void Add(HttpResponse response, string policy)
    {
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
