using System.Runtime.CompilerServices;

namespace DataMesh.Cue.Syntax;

/// <summary>
/// A recursive-descent parser. With errors it goes on behind the next comma or line break, so that one run finds them all;
/// <c>asReported</c> makes it lose its way where <c>cue</c> does, and find the errors that <c>cue</c> prints.
/// </summary>
internal sealed partial class Parser
{
    private readonly SourceFile _file;
    private readonly ParseOptions _options;
    private readonly bool _asReported;
    private readonly ErrorList _errors;
    private readonly Scanner _scanner;
    private readonly HashSet<string> _experiments = new(StringComparer.Ordinal);

    /// <summary>The current token.</summary>
    private Token _token;

    private int _depth;

    /// <summary>Whether the error that a comma is missing would repeat the last one.</summary>
    private bool _isCommaOptional;

    /// <summary>Whether there are names that could be taken twice: aliases and <c>let</c> clauses.</summary>
    private bool _hasAliases;

    public Parser(SourceFile file, ParseOptions options, bool asReported)
    {
        _file = file;
        _options = options;
        _asReported = asReported;
        _errors = new ErrorList(file, asReported);
        _scanner = new Scanner(file, _errors.Add);
        OpenNode();
        Next();
    }

    private TokenKind Kind => _token.Kind;

    private Position At => _token.Position;

    public (CueFile File, IReadOnlyList<SyntaxError> Errors) ParseFile()
    {
        var file = ParseFileContent();
        if (_hasAliases)
            new AliasChecker(_errors).Check(file);
        return (file, _errors.ToSortedList());
    }

    public ParseExpressionResult ParseSingleExpression()
    {
        var expression = ParseExpression();
        if (_token.IsImpliedComma)
            Next();
        if (Kind != TokenKind.EndOfFile)
            ReportExpected("'EOF'");
        return new ParseExpressionResult(expression, _errors.ToSortedList());
    }

    private bool IsIdentifier(string name) =>
        Kind == TokenKind.Identifier && string.Equals(_token.Text, name, StringComparison.Ordinal);

    private void Report(Position position, string message) => _errors.AddFromParser(position, message);

    /// <summary>Reports what only an experiment allows; it is understood all the same.</summary>
    private void ReportExperiment(Position position, bool isFiltered, string message)
    {
        if (isFiltered)
            _errors.AddFromParser(position, message);
        else
            _errors.Add(position.Offset, message);
    }

    private void ReportExpected(string what) => Report(At, $"expected {what}, found {DescribeToken()}");

    private string DescribeToken()
    {
        if (_token.IsImpliedComma)
            return "newline";
        var text = "'" + Kind.GetText() + "'";
        if (!Kind.IsLiteral())
            return text;
        var end = _token.Text.IndexOf('\n');
        return text + " " + (end < 0 ? _token.Text : _token.Text.Substring(0, end));
    }

    /// <summary>Takes a token of the given kind. Anything else is an error, and passed over.</summary>
    private Position Expect(TokenKind kind)
    {
        var position = At;
        if (Kind != kind)
            ReportExpected("'" + kind.GetText() + "'");
        if (Kind == kind || _asReported || !IsSeparator(Kind))
            Next();
        return position;
    }

    /// <summary>What recovery stops at.</summary>
    private static bool IsSeparator(TokenKind kind) => kind is TokenKind.Comma or TokenKind.EndOfFile or TokenKind.RightBrace
        or TokenKind.RightBracket or TokenKind.RightParenthesis;

    /// <summary>
    /// Passes the comma behind an element of a list that began at <paramref name="start"/>. Anything else in its place is an
    /// error. False before what ends the list.
    /// </summary>
    private bool PassComma(string context, TokenKind end, Position start)
    {
        if (Kind == TokenKind.Comma)
        {
            Next();
            return true;
        }

        if (Kind == end)
            return false;
        Report(At, $"missing ',' in {context}");
        if (!_asReported && IsSeparator(Kind))
            return false;
        if (_asReported || At == start)
            Next();
        return true;
    }

    /// <summary>Passes over tokens after an error.</summary>
    private void Synchronize()
    {
        if (_asReported)
        {
            while (Kind != TokenKind.EndOfFile)
                Next();
            return;
        }

        var depth = 0;
        while (Kind != TokenKind.EndOfFile)
        {
            if (depth == 0 && IsSeparator(Kind))
                return;
            if (Kind is TokenKind.LeftBrace or TokenKind.LeftBracket or TokenKind.LeftParenthesis)
                depth++;
            else if (depth > 0 && Kind is TokenKind.RightBrace or TokenKind.RightBracket or TokenKind.RightParenthesis)
                depth--;
            if (Kind == TokenKind.Interpolation)
                SkipInterpolation();
            else
                Next();
        }
    }

    private void SkipInterpolation()
    {
        var open = 0;
        Next();
        while (Kind != TokenKind.EndOfFile && !_token.IsImpliedComma)
        {
            if (Kind == TokenKind.LeftParenthesis)
            {
                open++;
            }
            else if (Kind == TokenKind.RightParenthesis && open-- == 0)
            {
                _token = _scanner.ResumeInterpolation();
                if (Kind == TokenKind.String)
                {
                    Next();
                    return;
                }

                open = 0;
            }

            Next();
        }
    }

    /// <summary>Counts nesting; false, with an error, when it is too deep to go on.</summary>
    private bool Enter()
    {
        if (_depth < _options.MaxDepth && HasStack())
        {
            _depth++;
            return true;
        }

        Report(At, $"expression exceeds maximum nesting depth of {_options.MaxDepth}");
        while (Kind != TokenKind.EndOfFile)
            Next();
        return false;
    }

    private void Leave() => _depth--;

    private static bool HasStack()
    {
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return true;
        }
        catch (InsufficientExecutionStackException)
        {
            return false;
        }
    }
}
