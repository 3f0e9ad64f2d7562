@echo off
rem The same script and the same words as make on Debian; without a word it runs the demo township.
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
cd /d "%~dp0"
where py >nul 2>nul
if not errorlevel 1 (
  py -3 setup_villagebooks.py %*
) else (
  python setup_villagebooks.py %*
)
set CODE=%ERRORLEVEL%
if not "%CODE%"=="0" if "%~1"=="" pause
exit /b %CODE%
