using System.Buffers;
using System.Text;
using AngleSharp.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>What authors of pages call the parts that are not content: roles, element names, and words in classes and ids.</summary>
internal static class Boilerplate
{
    private static readonly HashSet<string> Roles = ["navigation", "banner", "complementary", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tablist", "alert", "status"];

    private static readonly SearchValues<string> Words = SearchValues.Create(
        [.. """
            comment, comments, commentlist, commenting, disqus, respond, livefyre
            share, shares, sharing, sharebar, sharethis, sharedaddy, addthis, addtoany, shareaholic, social, socials, follow us, tweet button
            related, relatedposts, recommended, recommendation, recommendations, recirc, recirculation, read more, readmore, read next, more from, more stories
            also like, outbrain, taboola, trending, popular, teaser, teasers, most read, up next, see also, next post, prev post
            nav, navbar, navigation, menu, menus, submenu, breadcrumb, breadcrumbs, crumbs, pagination, pager, paging, skip link, jump link
            footer, foot, masthead, sidebar, side bar, rail, banner, cookie, cookies, consent, gdpr, popup, modal, overlay, lightbox, toast, toolbar
            ad, ads, advert, adverts, advertisement, advertisements, advertising, adsbygoogle, dfp, sponsor, sponsored, sponsors, promo, promos, promotion, promobox
            newsletter, newsletters, subscribe, subscription, signup, sign up, login, signin, sign in, donate
            byline, bylines, dateline, timestamp, author bio, author box, author info, about author, post meta, entry meta, article meta, tags, taglist, tag list
            wp caption, image caption, img caption, photo caption, picture caption, figure caption, media caption, caption text, caption inner, credit, credits
            gallery, slideshow, carousel, video, player, poll, quiz
            sr only, visually hidden, screen reader, noprint, no print, editsection
            """.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(words => $" {words} ")],
        StringComparison.Ordinal);

    /// <summary>Whether the element is named like boilerplate. The elements that hold a page's content by definition never are.</summary>
    public static bool Names(IElement element) => element.LocalName switch
    {
        "html" or "body" or "main" or "article" => false,
        "aside" or "footer" or "form" => true,
        _ => (element.GetAttribute("role") is { } role && Roles.Contains(role)) || WordsOf(element).AsSpan().ContainsAny(Words),
    };

    // "relatedPosts side-bar" -> " related posts side bar "
    private static string WordsOf(IElement element)
    {
        var (id, classes) = (element.Id, element.ClassName);
        if (string.IsNullOrEmpty(id) && string.IsNullOrEmpty(classes))
        {
            return "";
        }

        var words = new StringBuilder(" ");
        foreach (var name in (string?[])[id, " ", classes, " "])
        {
            for (var i = 0; i < name?.Length; i++)
            {
                var c = name[i];
                if (char.IsAsciiLetterUpper(c) && i > 0 && char.IsAsciiLetterLower(name[i - 1]) && words[^1] != ' ')
                {
                    words.Append(' ');
                }

                if (char.IsAsciiLetter(c))
                {
                    words.Append(char.ToLowerInvariant(c));
                }
                else if (words[^1] != ' ')
                {
                    words.Append(' ');
                }
            }
        }

        return words.ToString();
    }
}
