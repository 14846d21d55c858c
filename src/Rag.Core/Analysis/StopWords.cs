namespace Rag.Analysis;

/// <summary>Words too common to tell texts apart.</summary>
public static class StopWords
{
    private static readonly WordSet None = new("");

    // articles, pronouns, prepositions, conjunctions and auxiliary verbs, chosen from the grammar of each language
    private static readonly Dictionary<string, WordSet> ByLanguage = new()
    {
        ["de"] = new("""
            aber als am an auch auf aus bei beim bin bis bist da damit dann das dass dein deine dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch du durch
            ein eine einem einen einer eines er es euch euer für gegen hat hatte hatten habe haben hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder
            kann kein keine keinem keinen keiner können könnte man mein meine mich mir mit muss nach nicht noch nun nur ob oder ohne sehr sein seine seinem seinen seiner sich sie sind so soll
            sollte über um und uns unser unter vom von vor war waren was weil wenn wer werden wie wieder will wir wird wo wurde wurden zu zum zur zwischen
            """),
        ["en"] = new("""
            a about an any and are as at be been being but by can could did do does doing for from had has have having he her here hers him his how i if in into is it its
            just me my no nor not of on or our ours s she should so such t than that the their theirs them then there these they this those to too us very was we were what
            when where which while who whom why will with would you your yours
            """),
        ["es"] = new("""
            a al ante así aunque como con contra cual cuando de del desde donde dos el él ella ellas ellos en entre era eran eres es esa esas ese eso esos esta está estaba están estas este esto
            estos fue fueron ha había han has hasta hay he la las le les lo los más me mi mis mucho muy nada ni no nos nosotros o os otra otro para pero por porque que qué quien se sea ser si sí sido
            sin sobre son soy su sus también tan te tiene tienen todo todos tu tus un una uno unos y ya yo
            """),
        ["fr"] = new("""
            à ai ainsi alors après as au aucun aussi autre aux avait avant avec avez avoir avons c car ce cela ces cet cette ceux chez ci comme comment d dans de depuis des donc dont du elle elles
            en entre es est et étaient était été être eu eux fait ici il ils j je l la le les leur leurs lui m ma mais me même mes moi mon n ne ni nos notre nous on ont ou où par pas pendant peu peut
            plus pour pourquoi qu quand que quel quelle qui s sa sans se sera ses si son sont sous sur t ta te tes toi ton tous tout toute très tu un une vers vos votre vous y
            """),
        ["it"] = new("""
            a ad agli ai al alla alle allo anche ancora avere aveva c che chi ci come con contro così cui d da dagli dai dal dalla dalle degli dei del dell della delle dello di dopo dove due e è ed era
            erano essere fra gli ha hanno ho i il in io l la le lei li lo loro lui ma mi mia mio molto ne negli nei nel nella nelle no noi non nostro o ogni per perché però più poi prima quale quando
            quanto quella quelle quelli quello questa queste questi questo qui se sei senza si sia siamo sono sta su sua sue sugli sui sul sulla suo suoi te ti tra tu tutti tutto un una uno vi voi
            """),
        ["nl"] = new("""
            aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een eens en er ge geen geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in
            is ja je kan kon kunnen maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op over reeds te tegen toch toen tot u uit uw van veel voor want waren was wat
            werd wezen wie wil worden wordt zal ze zelf zich zij zijn zo zonder zou
            """),
        ["pt"] = new("""
            a à ao aos aquela aquele aquilo as às até com como da das de dela delas dele deles depois do dos e é ela elas ele eles em entre era eram essa essas esse esses esta está estão estar estas
            este estes eu foi foram há isso isto já lhe lhes mais mas me mesmo meu meus minha minhas muito na não nas nem no nos nós nossa nosso num numa o os ou para pela pelas pelo pelos por porque
            qual quando que quem são se seja sem ser será seu seus só sua suas também te tem têm tinha tu um uma você vocês
            """),
        ["ru"] = new("""
            а без более больше бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее ей ему если есть еще ещё же за здесь и из или им их к как какая какой когда
            ко кто ли лучше между меня мне много может можно мой мы на над надо нас не него нее ней нет ни них но ну о об один он она они оно от перед по под после потом потому при про с сам свой себя
            со так также такой там тебя тем то тогда того тоже той только том тот ты у уже хотя чего чем через что чтобы эта эти это этого этой этом этот эту я
            """),
        ["sv"] = new("""
            alla allt än andra är att av bara bli blir blev da då de dem den denna deras dess dessa det detta dig din dina ditt du efter ej eller en er ett från för ha hade han hans har hela henne hennes
            här hon honom hur i icke in ingen inom inte jag ju kan kunde man med mellan men mig min mina mitt mot mycket ni nu när någon något några och om oss på samma sedan sig sin sina sitt själv ska
            skulle som så till under upp ut utan vad var vara varför varit vars vart vem vi vid vilka vilken över
            """),
    };

    /// <summary>The languages that have a list, as ISO 639-1 codes.</summary>
    public static IReadOnlyCollection<string> Languages => ByLanguage.Keys;

    /// <summary>The stop words of a language, lower case; empty for <see langword="null"/> or a language without a list.</summary>
    public static IReadOnlySet<string> For(string? language) => Set(language).Words;

    internal static WordSet Set(string? language) => language is not null && ByLanguage.TryGetValue(language, out var words) ? words : None;
}
