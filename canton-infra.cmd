@echo off
rem Builds what is stale, then runs the tool's assembly directly. MSBuild itself decides what is stale here.
setlocal
set "root=%~dp0"
dotnet build "%root%tools\canton-infra.slnf" --configuration Release --nologo --verbosity quiet >"%TEMP%\canton-infra-build.log" 2>&1
if errorlevel 1 (
  type "%TEMP%\canton-infra-build.log" 1>&2
  exit /b 1
)
dotnet "%root%tools\bin\Release\net10.0\canton-infra.dll" %*
exit /b %errorlevel%
